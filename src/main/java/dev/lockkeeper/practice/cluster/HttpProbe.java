package dev.lockkeeper.practice.cluster;

import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Asks a container over HTTP how it is. */
final class HttpProbe {
  private HttpProbe() {}

  /** What went wrong, in the kubelet's words; empty when all is well. Waits for the answer. */
  static Optional<String> ask(Probe probe, Duration timeout) {
    return probe.url().flatMap(url -> ask(url, probe, timeout));
  }

  private static Optional<String> ask(String url, Probe probe, Duration timeout) {
    try {
      int code = code(url, probe, (int) Math.max(1, timeout.toMillis()));
      return code >= 200 && code < 400
          ? Optional.empty()
          : Optional.of("HTTP probe failed with statuscode: " + code);
    } catch (SocketTimeoutException slow) {
      return failed(
          url, "context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
    } catch (ConnectException refused) {
      String target = URI.create(url).getAuthority();
      return failed(url, "dial tcp " + target + ": connect: connection refused");
    } catch (IOException broken) {
      return failed(url, "EOF");
    }
  }

  private static Optional<String> failed(String url, String why) {
    return Optional.of("Get \"" + url + "\": " + why);
  }

  private static int code(String url, Probe probe, int millis) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(millis);
    connection.setReadTimeout(millis);
    connection.setInstanceFollowRedirects(false);
    connection.setRequestProperty("Connection", "close");
    connection.setRequestProperty("User-Agent", "kube-probe/1.32");
    probe.headers().forEach(connection::setRequestProperty);
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }
}
