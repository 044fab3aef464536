package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.TreeMap;

/** Names that Kubernetes makes up: no vowels, so no words. */
public final class Names {
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final int FNV_START = 0x811c9dc5;
  private static final int FNV_PRIME = 0x01000193;

  private Names() {}

  /** Five random letters, the end of a pod's name. */
  public static String suffix(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  /** What tells pod templates apart: equal templates have equal hashes. */
  public static String hash(JsonNode template) {
    int hash = FNV_START;
    for (byte one : canonical(template).getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (one & 0xff)) * FNV_PRIME;
    }
    StringBuilder text = new StringBuilder();
    for (char digit : Integer.toUnsignedString(hash).toCharArray()) {
      text.append(LETTERS.charAt(digit % LETTERS.length()));
    }
    return text.toString();
  }

  private static String canonical(JsonNode node) {
    if (node.isObject()) {
      TreeMap<String, String> sorted = new TreeMap<>();
      node.properties().forEach(field -> sorted.put(field.getKey(), canonical(field.getValue())));
      return sorted.toString();
    }
    if (node.isArray()) {
      return Json.each(node).map(Names::canonical).toList().toString();
    }
    return node.toString();
  }
}
