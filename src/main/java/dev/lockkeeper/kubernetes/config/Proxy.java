package dev.lockkeeper.kubernetes.config;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The proxy on the way to an API server, as kubectl and Helm would take it: the one that the
 * kubeconfig names for the cluster, else the environment's.
 *
 * @param address its URL, with a user and a password if it wants them
 * @param source where it is named
 */
public record Proxy(URI address, String source) {
  private static final int USUAL_PORT = 80;

  /** Only a proxy ever answers so. */
  public static final int WANTS_PASSWORD = 407;

  /** What Java says when a proxy does not make the connection that it is asked for. */
  private static final Pattern REFUSED = Pattern.compile("Tunnel failed, got: (\\d+)");

  /** The way through the proxy fails; the message says which and why. Nothing was sent. */
  public static final class ProxyException extends IOException {
    private static final long serialVersionUID = 1L;

    ProxyException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * The proxy to take; empty to go straight.
   *
   * @throws ClusterException if the one that is named cannot be used
   */
  public static Optional<Proxy> of(KubeContext target, Map<String, String> environment)
      throws ClusterException {
    URI server = target.server();
    String configured = target.cluster().value().getProxyUrl();
    if (configured != null && !configured.isBlank()) {
      return Optional.of(parse(configured.strip(), "proxy-url in " + target.cluster().file()));
    }
    String name = server.getScheme().equals("https") ? "HTTPS_PROXY" : "HTTP_PROXY";
    String proxy = variable(environment, name);
    return proxy.isEmpty() || NoProxy.of(variable(environment, "NO_PROXY")).covers(server)
        ? Optional.empty()
        : Optional.of(parse(proxy, name));
  }

  private static String variable(Map<String, String> environment, String name) {
    String upper = environment.getOrDefault(name, "").strip();
    return upper.isEmpty()
        ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "").strip()
        : upper;
  }

  private static Proxy parse(String text, String source) throws ClusterException {
    String scheme = text.contains("://") ? text.substring(0, text.indexOf("://")) : "http";
    if (!scheme.equalsIgnoreCase("http")) {
      throw new ClusterException(
          "The proxy named in %s cannot be used: it is reached by %s, and only http:// is supported here. Name another one, or reach the API server by a tunnel."
              .formatted(source, scheme.matches("[a-zA-Z0-9+.-]{1,20}") ? scheme : "another way"));
    }
    try {
      URI uri = URI.create(text.contains("://") ? text : "http://" + text);
      if (uri.getHost() != null) {
        int port = uri.getPort() > 0 ? uri.getPort() : USUAL_PORT;
        return new Proxy(
            new URI("http", uri.getUserInfo(), uri.getHost(), port, null, null, null), source);
      }
    } catch (IllegalArgumentException | java.net.URISyntaxException e) {
      // Answered below; its message might show a password.
    }
    throw new ClusterException(
        "The proxy named in %s cannot be used: it must be like http://host:port."
            .formatted(source));
  }

  /** Its name, without a password that might stand in it. */
  private String name() {
    return "the proxy %s:%d (%s)".formatted(address.getHost(), address.getPort(), source);
  }

  /** What a failure on the way through it is. */
  public Throwable explained(Throwable failure, URI server) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<String> why = why(cause);
      if (why.isPresent()) {
        return failed(server, why.get(), failure);
      }
    }
    return failure;
  }

  /** That it wants a password, or another one. */
  public ProxyException refused(URI server) {
    return failed(server, refuses(Integer.toString(WANTS_PASSWORD)), null);
  }

  private ProxyException failed(URI server, String why, Throwable cause) {
    return new ProxyException(
        "API server %s is not reached: %s %s".formatted(server, name(), why), cause);
  }

  private static Optional<String> why(Throwable cause) {
    Matcher refused = REFUSED.matcher(Optional.ofNullable(cause.getMessage()).orElse(""));
    if (refused.find()) {
      return Optional.of(refuses(refused.group(1)));
    }
    if (cause instanceof HttpConnectTimeoutException) {
      return Optional.of("does not let anything through in time");
    }
    if (cause instanceof UnresolvedAddressException) {
      return Optional.of("has a name that cannot be resolved");
    }
    return cause instanceof ConnectException
        ? Optional.of("does not answer: connection refused")
        : Optional.empty();
  }

  private static String refuses(String code) {
    return "refuses to connect there, with "
        + switch (code) {
          case "403" ->
              "403: it may not be used for this host; ask who runs it, or list the host in"
                  + " NO_PROXY";
          case "407" ->
              "407: it wants a user and a password, or others than its URL has; write them into it,"
                  + " as http://USER:PASSWORD@HOST:PORT";
          case "502", "503", "504" ->
              code + ": it does not reach the host; ask who runs it, or list the host in NO_PROXY";
          default -> code + "; ask who runs it, or list the host in NO_PROXY";
        };
  }

  /** Without the password. */
  @Override
  public String toString() {
    return name();
  }
}
