package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One exchange with a client: what it asked, and how it is answered and noted. */
final class Exchange {
  private final HttpServerExchange exchange;
  private final RequestLog requests;
  private String user = "system:anonymous";
  private byte[] body = new byte[0];
  private Optional<Call> call = Optional.empty();

  Exchange(HttpServerExchange exchange, RequestLog requests) {
    this.exchange = exchange;
    this.requests = requests;
  }

  void read() throws IOException {
    body = exchange.getInputStream().readAllBytes();
    Map<String, String> query = new HashMap<>();
    for (Map.Entry<String, Deque<String>> entry : exchange.getQueryParameters().entrySet()) {
      query.put(entry.getKey(), entry.getValue().getFirst());
    }
    String method = exchange.getRequestMethod().toString();
    call = Call.parse(method, path(), query, headers(), body);
  }

  private Call.Headers headers() {
    HeaderMap all = exchange.getRequestHeaders();
    return new Call.Headers(
        header(all, Headers.ACCEPT),
        header(all, Headers.CONTENT_TYPE),
        header(all, Headers.USER_AGENT),
        header(all, Headers.UPGRADE));
  }

  private static String header(HeaderMap all, HttpString name) {
    return Optional.ofNullable(all.getFirst(name)).orElse("");
  }

  void user(String name) {
    user = name;
  }

  String path() {
    return exchange.getRequestPath();
  }

  Optional<Call> call() {
    return call;
  }

  void json(int code, JsonNode node) throws IOException {
    bytes(code, "application/json", Json.MAPPER.writeValueAsBytes(node));
  }

  void bytes(int code, String contentType, byte[] bytes) throws IOException {
    note(code);
    exchange.setStatusCode(code);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, contentType);
    exchange.setResponseContentLength(bytes.length);
    exchange.getOutputStream().write(bytes);
    exchange.endExchange();
  }

  /** An answer without a known end; the client sees its beginning at once. */
  OutputStream stream(String contentType) throws IOException {
    note(200);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, contentType);
    OutputStream out = exchange.getOutputStream();
    out.flush();
    return out;
  }

  private void note(int code) {
    String query = exchange.getQueryString();
    String verb = call.map(one -> one.access().verb()).orElse("get");
    boolean dryRun = call.filter(Call::dryRun).isPresent();
    String path = exchange.getRequestURI() + (query.isEmpty() ? "" : "?" + query);
    String method = exchange.getRequestMethod().toString();
    requests.add(
        new RequestLog.Entry(Instant.now(), user, verb, method, path, dryRun, code, written()));
  }

  private Optional<JsonNode> written() {
    boolean secret = call.filter(one -> one.access().plural().equals("secrets")).isPresent();
    if (body.length == 0 || secret) {
      return Optional.empty();
    }
    String type = header(exchange.getRequestHeaders(), Headers.CONTENT_TYPE);
    try {
      boolean patch = type.contains("patch");
      return Optional.of(patch ? Patch.of(type).read(body) : Body.read(type, body));
    } catch (Failure unreadable) {
      return Optional.empty();
    }
  }
}
