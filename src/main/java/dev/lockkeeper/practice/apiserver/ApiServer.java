package dev.lockkeeper.practice.apiserver;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.xnio.Options;
import org.xnio.Sequence;

/** The server: HTTPS on a random port of 127.0.0.1, bearer tokens, one thread for each request. */
public final class ApiServer implements AutoCloseable {
  /** The first is what Java computes fastest without its second compiler. */
  private static final List<String> CIPHERS =
      List.of(
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");

  private final Undertow undertow;
  private final ExecutorService threads;
  private final Certificate certificate;

  private ApiServer(Undertow undertow, ExecutorService threads, Certificate certificate) {
    this.undertow = undertow;
    this.threads = threads;
    this.certificate = certificate;
  }

  /**
   * Starts to serve a store.
   *
   * @param logs what containers print
   * @param users who may use it; anybody else gets 401
   * @param requests where every request is noted
   */
  public static ApiServer start(Store store, Logs logs, List<User> users, RequestLog requests)
      throws IOException {
    if (System.getProperty("org.jboss.logging.provider") == null) {
      // Undertow would greet on the terminal through java.util.logging.
      System.setProperty("org.jboss.logging.provider", "slf4j");
    }
    Certificate certificate = Certificate.create();
    AtomicInteger number = new AtomicInteger();
    ExecutorService threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "api-server-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    Routes routes = new Routes(store, logs, List.copyOf(users), requests);
    Undertow undertow =
        Undertow.builder()
            .addHttpsListener(0, "127.0.0.1", certificate.context())
            .setSocketOption(Options.SSL_ENABLED_CIPHER_SUITES, Sequence.of(CIPHERS))
            .setIoThreads(1)
            .setWorkerThreads(1)
            .setHandler(
                exchange ->
                    exchange.dispatch(threads, (HttpServerExchange one) -> routes.handle(one)))
            .build();
    undertow.start();
    return new ApiServer(undertow, threads, certificate);
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
  }

  /** The URL of the server. */
  public String url() {
    return "https://127.0.0.1:" + port();
  }

  /**
   * Writes a kubeconfig by which a client is this user, readable by its owner only.
   *
   * @param namespace the namespace that the client uses unless told otherwise
   */
  public void writeKubeconfig(Path file, User user, String namespace) throws IOException {
    Kubeconfig.write(file, url(), certificate.pem(), namespace, user);
  }

  /** The one authority by which clients know this server, base64 of PEM. */
  public String authority() {
    return Base64Text.encode(certificate.pem());
  }

  /** The same, for the namespace {@code coder}. */
  public void writeKubeconfig(Path file, User user) throws IOException {
    writeKubeconfig(file, user, "coder");
  }

  @Override
  public void close() {
    threads.shutdownNow();
    undertow.stop();
    try {
      // Who is just being answered still writes into the log of requests.
      threads.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
