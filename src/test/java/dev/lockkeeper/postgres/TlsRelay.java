package dev.lockkeeper.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A PostgreSQL behind TLS, at an address of one's choice, that asks for a client's certificate. */
final class TlsRelay implements AutoCloseable {
  private static final int SSL_REQUEST = 8;

  private final ServerSocket listener;
  private final int target;
  private final SSLContext context;

  /** Whether the last client that came through showed a certificate. */
  volatile boolean certified;

  TlsRelay(TestServer server, InetAddress at, KeyStore identity, KeyStore trusted, char[] password)
      throws Exception {
    target = server.port();
    listener = new ServerSocket(0, 20, at);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(identity, password);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        start(() -> serve(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket client) {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      client.getInputStream().readNBytes(SSL_REQUEST);
      client.getOutputStream().write('S');
      SSLSocket secured =
          (SSLSocket) context.getSocketFactory().createSocket(client, null, client.getPort(), true);
      secured.setUseClientMode(false);
      secured.setWantClientAuth(true);
      secured.startHandshake();
      certified = shown(secured);
      start(() -> copy(server, secured));
      copy(secured, server);
    } catch (IOException refused) {
      certified = false;
    }
  }

  private static boolean shown(SSLSocket secured) {
    try {
      return secured.getSession().getPeerCertificates().length > 0;
    } catch (SSLPeerUnverifiedException none) {
      return false;
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException over) {
      // One side hung up.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "tls-relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
