package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From a request to an answer: who, may they, what, and a line in the request log.
 *
 * @param store the objects
 * @param logs what containers print
 * @param users who may use the server
 * @param requests the request log
 */
record Routes(Store store, Logs logs, List<User> users, RequestLog requests) {

  void handle(HttpServerExchange exchange) throws IOException {
    exchange.startBlocking();
    Conversation talk = new Conversation(exchange, requests);
    try {
      talk.read();
      User user = authenticate(exchange);
      talk.user(user.name());
      answer(talk, user);
    } catch (Failure refused) {
      talk.json(refused.code(), refused.status());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      exchange.endExchange();
    }
  }

  private User authenticate(HttpServerExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
    return users.stream()
        .filter(user -> ("Bearer " + user.token()).equals(header))
        .findFirst()
        .orElseThrow(() -> new Failure(401, "Unauthorized", "Unauthorized"));
  }

  private void answer(Conversation talk, User user) throws IOException, InterruptedException {
    Optional<Call> call = talk.call();
    if (call.isEmpty()) {
      plain(talk);
      return;
    }
    call.get().access().require(user);
    Optional<? extends JsonNode> review = Reviews.answer(call.get(), user);
    if (review.isPresent()) {
      talk.json(201, review.get());
    } else {
      objects(talk, call.get());
    }
  }

  private static void plain(Conversation talk) throws IOException {
    String path = talk.path();
    if (List.of("/healthz", "/livez", "/readyz").contains(path)) {
      talk.bytes(200, "text/plain", "ok".getBytes(StandardCharsets.UTF_8));
    } else {
      talk.json(200, Discovery.answer(path).orElseThrow(Failure::unknownPath));
    }
  }

  private void objects(Conversation talk, Call call) throws IOException, InterruptedException {
    boolean pod = call.resource().equals(Resources.PODS);
    String part = call.access().subresource();
    if (pod && part.equals("log")) {
      PodLog log = PodLog.find(store, logs, call);
      try (OutputStream out = talk.stream("text/plain")) {
        log.write(out);
      }
    } else if (pod && part.equals("proxy")) {
      PodProxy answer = PodProxy.fetch(store, call);
      talk.bytes(answer.code(), answer.contentType(), answer.body());
    } else if (call.access().verb().equals("watch")) {
      watch(talk, call);
    } else {
      Objects.Answer answer = new Objects(store).answer(call);
      talk.json(answer.code(), answer.body());
    }
  }

  private void watch(Conversation talk, Call call) throws IOException, InterruptedException {
    if (call.headers().upgrade().equalsIgnoreCase("websocket")) {
      // fabric8 tries this first; a plain answer makes it watch by ordinary HTTP.
      talk.bytes(200, "application/json", new byte[0]);
      return;
    }
    Watch watch = Watch.of(store, call);
    try (OutputStream out = talk.stream("application/json")) {
      watch.run(Watch.to(out));
    }
  }

  /** One exchange with a client: what it asked, and how it is answered and noted. */
  static final class Conversation {
    private final HttpServerExchange exchange;
    private final RequestLog requests;
    private String user = "system:anonymous";
    private byte[] body = new byte[0];
    private Optional<Call> call = Optional.empty();

    Conversation(HttpServerExchange exchange, RequestLog requests) {
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
      try {
        return Optional.of(Json.MAPPER.readTree(body));
      } catch (JacksonException notJson) {
        return Optional.of(new TextNode(new String(body, StandardCharsets.UTF_8)));
      } catch (IOException notJson) {
        return Optional.empty();
      }
    }
  }
}
