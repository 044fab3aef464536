package dev.lockkeeper.parsing;

import java.util.Collection;
import java.util.Comparator;

/** Guesses the word that was meant. */
public final class Spelling {
  private static final int MOST_MISTAKES = 3;

  private Spelling() {}

  /** {@code ; did you mean 'releases'?}, or, if nothing is near, the words that are known. */
  public static String suggestion(String word, Collection<String> known) {
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= MOST_MISTAKES)
        .min(Comparator.comparing(candidate -> distance(word, candidate)))
        .map(candidate -> "; did you mean '" + candidate + "'?")
        .orElseGet(() -> "; known are " + known.stream().sorted().toList());
  }

  /** How many letters have to be put in, taken out or changed (Levenshtein). */
  private static int distance(String from, String to) {
    int[] above = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[to.length()];
  }
}
