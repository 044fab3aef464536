package dev.lockkeeper.kubernetes.config;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.HttpURLConnection;
import java.util.concurrent.CompletableFuture;

/**
 * Puts the credentials on each request. After a 401 it asks for better ones and repeats a read
 * once; a write is never repeated, because one confirmation is one request on the wire.
 */
final class Authorization implements Interceptor {
  private static final String HEADER = "Authorization";

  private final Credentials credentials;

  Authorization(Credentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    credentials.authorization().ifPresent(value -> builder.setHeader(HEADER, value));
  }

  @Override
  public CompletableFuture<Boolean> afterFailure(
      BasicBuilder builder, HttpResponse<?> response, RequestTags tags) {
    if (response.code() != HttpURLConnection.HTTP_UNAUTHORIZED) {
      return CompletableFuture.completedFuture(false);
    }
    String rejected = String.valueOf(response.request().header(HEADER));
    boolean read = response.request().method().equals("GET");
    return CompletableFuture.supplyAsync(() -> credentials.renew(rejected) && read)
        .thenApply(
            again -> {
              if (again) {
                credentials.authorization().ifPresent(value -> builder.setHeader(HEADER, value));
              }
              return again;
            });
  }
}
