package dev.lockkeeper.practice.coderd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one pooled session of a replica does again and again.
 *
 * @param every how long it rests in between, on average
 * @param statements what it runs, one after the other; {@code :n} is a random number, {@code
 *     :seconds} the length of a build
 */
record Workload(Duration every, List<String> statements) {
  private static final Pattern EVERY = Pattern.compile("-- every (\\d+) ms");

  Workload {
    statements = List.copyOf(statements);
  }

  /** Those in {@code chores.sql}. Each touches one table, so that none can deadlock a migration. */
  static List<Workload> all() {
    List<Workload> chores = new ArrayList<>();
    for (String block : TextFiles.text("chores.sql").split("\\R\\R")) {
      Matcher every = EVERY.matcher(block);
      if (every.find()) {
        Duration rest = Duration.ofMillis(Long.parseLong(every.group(1)));
        chores.add(new Workload(rest, block.substring(every.end()).strip().lines().toList()));
      }
    }
    return chores;
  }
}
