package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Fetches something from a pod over HTTP: {@code pods/{name}:{port}/proxy/{path}}.
 *
 * @param code the pod's HTTP status
 * @param contentType the pod's content type
 * @param body what it sent
 */
record PodProxy(int code, String contentType, byte[] body) {
  private static final int TIMEOUT_MILLIS = 30_000;

  /** Fetches; fails with 404 without such a pod and with 503 when it cannot be reached. */
  static PodProxy fetch(Store store, Call call) {
    String[] parts = call.access().name().split(":");
    int last = parts.length - 1;
    String name = parts.length == 3 ? parts[1] : parts[0];
    ObjectNode pod = store.get(new Key(Resources.PODS, call.namespace(), name));
    String port = parts.length > 1 ? parts[last] : firstPort(pod);
    String address = Json.text(pod, "/status/podIP");
    if (address.isEmpty()) {
      throw unreachable("address not allowed");
    }
    String path = call.rest().isEmpty() ? "/" : call.rest();
    return get("http://" + address + ":" + port + path + query(call.query()));
  }

  private static String firstPort(ObjectNode pod) {
    String port = Json.text(pod, "/spec/containers/0/ports/0/containerPort");
    return port.isEmpty() ? "80" : port;
  }

  private static String query(Map<String, String> query) {
    String text =
        query.entrySet().stream()
            .map(entry -> UrlText.encode(entry.getKey()) + "=" + UrlText.encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    return text.isEmpty() ? "" : "?" + text;
  }

  private static PodProxy get(String url) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) new URL(url).openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setInstanceFollowRedirects(false);
      connection.setRequestProperty("Connection", "close");
      int code = connection.getResponseCode();
      try (InputStream in =
          code < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        byte[] body = in == null ? new byte[0] : in.readAllBytes();
        String type = Optional.ofNullable(connection.getContentType()).orElse("text/plain");
        return new PodProxy(code, type, body);
      }
    } catch (ConnectException refused) {
      String target = url.replaceFirst("http://([^/]*)/.*", "$1");
      throw unreachable("dial tcp " + target + ": connect: connection refused");
    } catch (IOException broken) {
      throw unreachable("EOF");
    }
  }

  private static Failure unreachable(String why) {
    return new Failure(503, "ServiceUnavailable", "error trying to reach service: " + why);
  }
}
