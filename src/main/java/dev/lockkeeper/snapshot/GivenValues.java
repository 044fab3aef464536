package dev.lockkeeper.snapshot;

import dev.lockkeeper.snapshot.HelmRelease.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The values that somebody gave to Helm, one by one. People keep passwords among them under names
 * that nobody can foresee: a text is shown only where it looks like an image or a version, and its
 * key does not sound like a secret.
 *
 * @param all them, in the order of the file, as far as anybody reads
 */
record GivenValues(List<Given> all) {
  private static final int MOST = 200;
  private static final int DEEPEST = 20;
  private static final int LONGEST = 120;
  private static final String MASKED = "••••••";
  private static final Pattern NAMES_A_VERSION =
      Pattern.compile("[A-Za-z0-9._/:+-]{0,100}\\d{1,4}\\.\\d{1,4}(\\.\\d{1,4})?[A-Za-z0-9.+-]*");

  /** These name something, and are no secrets themselves. */
  private static final Pattern REFERENCE =
      Pattern.compile(
          ".*(\\.type|\\.pullPolicy|\\benv\\[\\d+]\\.name|(secret|configMap)KeyRef\\.(name|key))");

  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,62}");

  private static final Pattern SECRET =
      Pattern.compile("(?i).*(pass|secret|token|key|auth|cred|url|cert|license|value$).*");

  /**
   * @param config maps, lists, texts, numbers, booleans and nulls
   */
  static GivenValues of(Map<?, ?> config) {
    List<Given> found = new ArrayList<>();
    walk("", config, 0, found);
    return new GivenValues(List.copyOf(found));
  }

  private static void walk(String path, Object node, int depth, List<Given> found) {
    if (found.size() >= MOST || depth > DEEPEST) {
      return;
    }
    if (node instanceof Map<?, ?> map && !map.isEmpty()) {
      for (Map.Entry<?, ?> each : map.entrySet()) {
        String key = String.valueOf(each.getKey());
        walk(path.isEmpty() ? key : path + "." + key, each.getValue(), depth + 1, found);
      }
    } else if (node instanceof List<?> list && !list.isEmpty()) {
      for (int at = 0; at < list.size(); at++) {
        walk("%s[%d]".formatted(path, at), list.get(at), depth + 1, found);
      }
    } else if (!path.isEmpty()) {
      found.add(new Given(cut(path), shown(path, node)));
    }
  }

  private static String shown(String path, Object node) {
    if (node == null || node instanceof Boolean) {
      return String.valueOf(node);
    }
    if (REFERENCE.matcher(path).matches() && WORD.matcher(node.toString()).matches()) {
      return node.toString();
    }
    if (SECRET.matcher(path).matches()) {
      return MASKED;
    }
    if (node instanceof Map || node instanceof List) {
      return "";
    }
    String text = node.toString();
    boolean open = node instanceof Number || text.isEmpty();
    return open || NAMES_A_VERSION.matcher(text).matches() ? cut(text) : MASKED;
  }

  private static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
