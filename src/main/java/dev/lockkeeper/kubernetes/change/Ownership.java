package dev.lockkeeper.kubernetes.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Json;
import dev.lockkeeper.snapshot.Deployment.FieldManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * Leaves to Helm what is Helm's. Whoever changes a field owns it from then on, and the next {@code
 * helm upgrade} that applies on the server meets a conflict over it. So the fields that we changed
 * and that Helm owned before go back to Helm's entry of {@code metadata.managedFields}; no value
 * changes with that, and what somebody else owned stays theirs.
 *
 * <p>Helm's entry is the one that owns the annotation by which Helm knows its release, whatever the
 * program is called that wrote it.
 */
public final class Ownership {
  private static final String ENTRIES = "/metadata/managedFields";
  private static final String US = "lockkeeper";
  private static final JsonNode RELEASE =
      Json.parsed(
          """
          {"f:metadata":{"f:annotations":{"f:meta.helm.sh/release-name":{}}}}
          """);

  /** Between our look and our patch somebody else may write; then it is looked at again. */
  private static final int ATTEMPTS = 3;

  private final ApiServer api;
  private final Duration limit;

  Ownership(ApiServer api, Duration limit) {
    this.api = api;
    this.limit = limit;
  }

  /** What Helm owns of a Deployment before it is changed; nothing where that cannot be read. */
  FieldSet before(String path) throws InterruptedException {
    try {
      Answer answer = api.get(path, limit).get();
      return answer.ok() ? ofHelm(answer.json()) : FieldSet.NONE;
    } catch (ExecutionException e) {
      return FieldSet.NONE;
    }
  }

  /** What a Helm that applies on the server owns of this object; another one meets no conflict. */
  static FieldSet ofHelm(JsonNode object) {
    FieldSet all = FieldSet.NONE;
    for (JsonNode entry : object.at(ENTRIES)) {
      all = applies(entry) ? all.with(fields(entry)) : all;
    }
    return all;
  }

  private static boolean applies(JsonNode entry) {
    return isHelm(entry) && entry.path("operation").asText().equals("Apply");
  }

  /** Whether this entry is that of the Helm which keeps the object. */
  static boolean isHelm(JsonNode entry) {
    return !isOurs(entry) && !fields(entry).common(new FieldSet(RELEASE)).isEmpty();
  }

  /**
   * What an entry owns of that which this program changes, in the words of {@link FieldManager}.
   *
   * @param container the name of the coderd container
   */
  public static List<String> owned(JsonNode entry, String container) {
    JsonNode tree = entry.path("fieldsV1");
    JsonNode template = tree.at("/f:spec/f:template/f:spec/f:containers");
    JsonNode coder = template.path("k:" + Json.MAPPER.createObjectNode().put("name", container));
    Map<String, JsonNode> places = new LinkedHashMap<>();
    places.put("replicas", tree.at("/f:spec/f:replicas"));
    places.put("image", coder.path("f:image"));
    places.put("livenessProbe", coder.path("f:livenessProbe"));
    places.put("memory", coder.at("/f:resources/f:limits/f:memory"));
    places.values().removeIf(JsonNode::isMissingNode);
    List<String> owned = new ArrayList<>(places.keySet());
    if (isHelm(entry)) {
      owned.add(FieldManager.RELEASE);
    }
    return owned;
  }

  private static boolean isOurs(JsonNode entry) {
    return entry.path("manager").asText().equals(US);
  }

  private static FieldSet fields(JsonNode entry) {
    return entry.path("fieldsV1").isObject() ? new FieldSet(entry.path("fieldsV1")) : FieldSet.NONE;
  }

  /**
   * Gives back what we own by now of that which Helm owned.
   *
   * @param helms what Helm owned before
   * @return what came of it, to be told after what was done; empty where there was nothing to give
   */
  String giveBack(String path, FieldSet helms) {
    if (helms.isEmpty()) {
      return "";
    }
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Answer seen = api.get(path, limit).get();
        Optional<String> patch = seen.ok() ? patch(seen.json(), helms) : Optional.empty();
        if (patch.isEmpty()) {
          return seen.ok() ? "" : kept("%d when it was read".formatted(seen.code()));
        }
        Answer answer = api.patch(path + "?fieldManager=" + US, patch.get(), limit).get();
        if (answer.ok()) {
          return "; Helm owns it as before";
        }
        if (answer.code() != 409 && answer.code() != 422) {
          return kept("%d %s".formatted(answer.code(), answer.message()).strip());
        }
      }
      return kept("somebody else writes at the same time");
    } catch (ExecutionException e) {
      return kept("no answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return kept("interrupted");
    }
  }

  private static String kept(String why) {
    return "; it may be ours and not Helm's from now on (%s): a helm upgrade that meets a conflict with \"%s\" needs --force-conflicts"
        .formatted(why, US);
  }

  /** Empty where we own nothing of Helm's, or where Helm's entry is gone. */
  private static Optional<String> patch(JsonNode object, FieldSet helms) {
    JsonNode entries = object.at(ENTRIES);
    int to = -1;
    FieldSet ours = FieldSet.NONE;
    JsonPatch patch = new JsonPatch().test("/metadata/uid", object.at("/metadata/uid"));
    List<Integer> empty = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      JsonNode entry = entries.get(i);
      FieldSet back = isOurs(entry) ? fields(entry).common(helms) : FieldSet.NONE;
      if (!back.isEmpty()) {
        FieldSet rest = fields(entry).without(back);
        ours = ours.with(back);
        patch.test(ENTRIES + "/" + i, entry);
        if (rest.isEmpty()) {
          empty.add(0, i);
        } else {
          patch.replace(ENTRIES + "/" + i + "/fieldsV1", rest.tree());
        }
      }
      to = to < 0 && applies(entry) ? i : to;
    }
    if (to < 0 || ours.isEmpty()) {
      return Optional.empty();
    }
    patch.test(ENTRIES + "/" + to, entries.get(to));
    patch.replace(ENTRIES + "/" + to + "/fieldsV1", fields(entries.get(to)).with(ours).tree());
    empty.forEach(index -> patch.remove(ENTRIES + "/" + index));
    return Optional.of(patch.toString());
  }
}
