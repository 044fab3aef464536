package dev.lockkeeper.kubernetes.api;

import dev.lockkeeper.kubernetes.config.Proxy;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Sends requests to one API server. Each is sent once, and answered or given up in time. */
public final class ApiServer implements AutoCloseable {
  private static final int LARGEST_ANSWER = 64 << 20;

  private final URI server;
  private final HttpClient http;
  private final Optional<Proxy> proxy;

  /**
   * @param proxy what is in between
   */
  public ApiServer(URI server, HttpClient http, Optional<Proxy> proxy) {
    this.server = server;
    this.http = http;
    this.proxy = proxy;
  }

  public URI server() {
    return server;
  }

  /**
   * Reads this path; fails with the cause when there is no answer within the limit, or a {@link
   * ForeignAnswer}.
   */
  public CompletableFuture<Answer> get(String path, Duration limit) {
    return send(() -> request(path, limit).build(), limit);
  }

  /** The same where the answer is no object of the API, but whatever a pod says. */
  public CompletableFuture<Answer> text(String path, Duration limit) {
    return sent(() -> request(path, limit).build(), limit);
  }

  /** The same, asking for another form of the answer. */
  public CompletableFuture<Answer> get(String path, String accept, Duration limit) {
    return send(() -> request(path, limit).setHeader("Accept", accept).build(), limit);
  }

  /** Sends a JSON patch, once. */
  public CompletableFuture<Answer> patch(String path, String patch, Duration limit) {
    return send(
        () -> request(path, limit).patch("application/json-patch+json", patch).build(), limit);
  }

  /** The same, asking for another form of the answer. */
  public CompletableFuture<Answer> patch(String path, String accept, String patch, Duration limit) {
    return send(
        () ->
            request(path, limit)
                .setHeader("Accept", accept)
                .patch("application/json-patch+json", patch)
                .build(),
        limit);
  }

  /** Replaces an object, once. */
  public CompletableFuture<Answer> put(String path, String json, Duration limit) {
    return send(() -> request(path, limit).put("application/json", json).build(), limit);
  }

  /** Deletes an object, once, under these options. */
  public CompletableFuture<Answer> delete(String path, String options, Duration limit) {
    return send(() -> request(path, limit).delete("application/json", options).build(), limit);
  }

  /** Sends JSON that asks a question or makes an object, once. */
  public CompletableFuture<Answer> post(String path, String json, Duration limit) {
    return send(() -> request(path, limit).post("application/json", json).build(), limit);
  }

  private HttpRequest.Builder request(String path, Duration limit) {
    return request(path).timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private HttpRequest.Builder request(String path) {
    return http.newHttpRequestBuilder()
        .uri(URI.create(base() + path))
        .setHeader("Accept", "application/json, */*");
  }

  private String base() {
    String text = server.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private CompletableFuture<Answer> send(Supplier<HttpRequest> request, Duration limit) {
    return sent(request, limit)
        .thenApply(
            answer -> {
              try {
                return ForeignAnswer.checked(answer);
              } catch (ForeignAnswer foreign) {
                throw new CompletionException(foreign);
              }
            });
  }

  private CompletableFuture<Answer> sent(Supplier<HttpRequest> request, Duration limit) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    CompletableFuture<HttpResponse<AsyncBody>> call =
        begin(
            request,
            (chunks, body) -> {
              chunks.forEach(chunk -> bytes.writeBytes(array(chunk)));
              goOn(body, bytes.size(), answer);
            });
    return ended(call, call.thenCompose(response -> finish(response, bytes)), answer, limit);
  }

  /** What is too large ends the answer at once, whatever comes of the call. */
  private static void goOn(AsyncBody body, int size, CompletableFuture<Answer> answer) {
    if (size > LARGEST_ANSWER) {
      answer.completeExceptionally(ForeignAnswer.tooLarge(LARGEST_ANSWER));
      body.cancel();
    } else {
      body.consume();
    }
  }

  private static CompletableFuture<Answer> ended(
      CompletableFuture<HttpResponse<AsyncBody>> call,
      CompletableFuture<Answer> whole,
      CompletableFuture<Answer> answer,
      Duration limit) {
    whole.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            answer.complete(value);
          } else {
            answer.completeExceptionally(failure);
          }
        });
    answer.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    answer.whenComplete((value, failure) -> giveUp(call, failure));
    return answer;
  }

  /** A request that cannot even be made fails like one that got no answer. */
  private CompletableFuture<HttpResponse<AsyncBody>> begin(
      Supplier<HttpRequest> request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    try {
      return explained(http.consumeBytes(request.get(), consumer));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** A failure of the proxy is not one of the server. */
  private CompletableFuture<HttpResponse<AsyncBody>> explained(
      CompletableFuture<HttpResponse<AsyncBody>> call) {
    if (proxy.isEmpty()) {
      return call;
    }
    CompletableFuture<HttpResponse<AsyncBody>> told =
        call.exceptionallyCompose(
                failure ->
                    CompletableFuture.failedFuture(proxy.get().explained(cause(failure), server)))
            .thenCompose(this::answeredByServer);
    told.whenComplete((response, failure) -> call.cancel(true));
    return told;
  }

  /**
   * Java gives out the proxy's refusal as if the server had answered it, at times without a body.
   */
  private CompletableFuture<HttpResponse<AsyncBody>> answeredByServer(
      HttpResponse<AsyncBody> response) {
    if (response.code() != Proxy.WANTS_PASSWORD) {
      return CompletableFuture.completedFuture(response);
    }
    Optional.ofNullable(response.body()).ifPresent(AsyncBody::cancel);
    return CompletableFuture.failedFuture(proxy.orElseThrow().refused(server));
  }

  private static CompletableFuture<Answer> finish(
      HttpResponse<AsyncBody> response, ByteArrayOutputStream bytes) {
    response.body().consume();
    return response
        .body()
        .done()
        .thenApply(
            done ->
                new Answer(
                    response.code(),
                    bytes.toString(StandardCharsets.UTF_8),
                    Times.ofHeader(response.header("Date"))));
  }

  private static void giveUp(CompletableFuture<HttpResponse<AsyncBody>> call, Throwable failure) {
    if (failure != null) {
      call.thenAccept(response -> response.body().cancel());
      call.cancel(true);
    }
  }

  /**
   * Opens a watch.
   *
   * @param path what to watch, with its query
   * @param longest when to give it up, however lively it is
   * @param opened is run when the server has accepted it
   * @param line takes each line without its newline, on a thread of the HTTP client
   * @return a stream to wait for and to close
   */
  public Stream watch(String path, Duration longest, Runnable opened, Consumer<String> line) {
    Lines lines = new Lines(line);
    ByteArrayOutputStream refusal = new ByteArrayOutputStream();
    AtomicReference<Consumer<byte[]>> sink = new AtomicReference<>(refusal::writeBytes);
    CompletableFuture<Answer> end = new CompletableFuture<>();
    CompletableFuture<HttpResponse<AsyncBody>> call =
        begin(
            () -> request(path).forStreaming().build(),
            (chunks, body) -> {
              chunks.forEach(chunk -> sink.get().accept(array(chunk)));
              goOn(body, Math.max(refusal.size(), lines.pending()), end);
            });
    CompletableFuture<Answer> whole =
        call.thenCompose(
            response -> {
              if (response.isSuccessful()) {
                sink.set(lines::add);
                opened.run();
              }
              return finish(response, refusal);
            });
    return new Stream(ended(call, whole, end, longest));
  }

  /**
   * An open watch.
   *
   * @param end completes when the server ends it, with its refusal if it was one
   */
  public record Stream(CompletableFuture<Answer> end) implements AutoCloseable {
    @Override
    public void close() {
      end.cancel(true);
    }
  }

  private static byte[] array(ByteBuffer chunk) {
    byte[] bytes = new byte[chunk.remaining()];
    chunk.get(bytes);
    return bytes;
  }

  /** The failure itself, without the wrappings of futures. */
  public static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  @Override
  public void close() {
    http.close();
  }
}
