package dev.lockkeeper.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;

/**
 * Something answered that it went well, and what it sent is none of the API's objects: a proxy, a
 * login page, another server. Its message says what came, without quoting it.
 */
final class ForeignAnswer extends IOException {
  private static final long serialVersionUID = 1L;

  ForeignAnswer(String message) {
    super(message);
  }

  /** More than anybody reads. */
  static ForeignAnswer tooLarge(int limit) {
    return new ForeignAnswer(
        "answered with more than %d MB, which is not read".formatted(limit >> 20));
  }

  /** The answer, if it is an object of the API or tells of trouble. */
  static Answer checked(Answer answer) throws ForeignAnswer {
    if (answer.ok() && !isObject(answer.json())) {
      throw new ForeignAnswer(
          "answered %d with %s instead of an object of the Kubernetes API: is a proxy or a login page in between?"
              .formatted(answer.code(), what(answer)));
    }
    return answer;
  }

  private static boolean isObject(JsonNode json) {
    return json.path("kind").isTextual()
        || json.path("metadata").isObject()
        || json.path("items").isArray();
  }

  private static String what(Answer answer) {
    JsonNode json = answer.json();
    String begin = answer.body().stripLeading().toLowerCase(Locale.ROOT);
    if (begin.isEmpty()) {
      return "nothing";
    }
    if (begin.startsWith("<")) {
      return "a page (HTML)";
    }
    return json.isMissingNode() ? "text that is no JSON" : "other JSON";
  }
}
