package dev.lockkeeper.kubernetes.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiErrors;
import dev.lockkeeper.kubernetes.api.ApiException;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Json;
import dev.lockkeeper.kubernetes.api.Resource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/**
 * What was in a collection at one moment, read page by page.
 *
 * @param items the objects that were wanted
 * @param version the resourceVersion from which a watch goes on
 * @param <T> the kind of object
 */
record Listing<T extends HasMetadata>(List<T> items, String version) {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String PAGE = "500";

  Listing {
    items = List.copyOf(items);
  }

  /**
   * Reads all pages.
   *
   * @param selection the selectors of the query, such as {@code labelSelector}
   * @param wanted which objects to keep; the others cost no memory
   * @throws ApiException when a page was refused, did not come, or is no list
   */
  static <T extends HasMetadata> Listing<T> read(
      ApiServer api,
      Resource resource,
      Map<String, String> selection,
      Class<T> type,
      Predicate<T> wanted)
      throws ApiException, InterruptedException {
    List<T> found = new ArrayList<>();
    String next = "";
    String latest;
    do {
      Map<String, String> query = new LinkedHashMap<>(selection);
      query.put("limit", PAGE);
      if (!next.isEmpty()) {
        query.put("continue", next);
      }
      JsonNode page = page(api, resource, resource.query(query));
      for (JsonNode node : page.path("items")) {
        T item = Json.read(node, type);
        if (wanted.test(item)) {
          found.add(item);
        }
      }
      latest = page.path("metadata").path("resourceVersion").asText();
      next = page.path("metadata").path("continue").asText("");
    } while (!next.isEmpty());
    return new Listing<>(found, latest);
  }

  private static JsonNode page(ApiServer api, Resource resource, String path)
      throws ApiException, InterruptedException {
    ApiErrors words = new ApiErrors(api.server());
    try {
      Answer answer = api.get(path, LIMIT).get();
      if (!answer.ok()) {
        throw words.refused(answer, "list", resource);
      }
      JsonNode page = answer.json();
      if (!page.path("items").isArray()) {
        throw new ApiException(
            "API server %s answered with a %s where a list of %s was asked for"
                .formatted(api.server(), page.path("kind").asText(), resource.plural()));
      }
      return page;
    } catch (ExecutionException e) {
      throw new ApiException(words.silence(e));
    }
  }
}
