package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.DateUtils;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
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
    exchange.getResponseHeaders().put(Headers.DATE, DateUtils.toDateString(Date.from(store.now())));
    Exchange talk = new Exchange(exchange, requests);
    try {
      talk.read();
      User user = authenticate(exchange);
      talk.user(user.name());
      answer(talk, user);
    } catch (Failure refused) {
      talk.json(refused.code(), refused.status());
    } catch (RuntimeException bug) {
      talk.json(500, new Failure(500, "InternalError", "Internal error: " + bug).status());
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

  private void answer(Exchange talk, User user) throws IOException, InterruptedException {
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

  private static void plain(Exchange talk) throws IOException {
    String path = talk.path();
    if (List.of("/healthz", "/livez", "/readyz").contains(path)) {
      talk.bytes(200, "text/plain", "ok".getBytes(StandardCharsets.UTF_8));
    } else {
      talk.json(200, Discovery.answer(path).orElseThrow(Failure::unknownPath));
    }
  }

  private void objects(Exchange talk, Call call) throws IOException, InterruptedException {
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

  private void watch(Exchange talk, Call call) throws IOException, InterruptedException {
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
}
