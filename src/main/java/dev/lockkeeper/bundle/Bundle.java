package dev.lockkeeper.bundle;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.snapshot.Inspected;
import dev.lockkeeper.snapshot.Inspection;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is kept, and what should be and is missing.
 *
 * @param items texts, in the order in which they are worth keeping
 * @param missing what is not there, with its reason
 */
public record Bundle(List<Item> items, List<Missing> missing) {
  /** Nothing is kept beyond this, in bytes of all items together. */
  public static final long MOST_BYTES = 8L << 20;

  public Bundle {
    items = List.copyOf(items);
    missing = List.copyOf(missing);
  }

  /** What a snapshot holds: it is gone with the next one, and so kept first. */
  public static Bundle of(Snapshot seen, Knowledge knowledge) {
    List<Item> items = new ArrayList<>();
    List<Missing> missing = new ArrayList<>();
    seen.database()
        .value()
        .ifPresentOrElse(
            database -> items.addAll(new DatabaseItems(seen, database).items()),
            () ->
                missing.add(
                    new Missing(
                        "locks, sessions and prepared transactions", seen.database().reason())));
    seen.cluster()
        .value()
        .map(cluster -> new ClusterItems(seen, cluster))
        .ifPresentOrElse(
            cluster -> {
              items.addAll(cluster.items());
              missing.addAll(cluster.missing());
            },
            () -> missing.add(new Missing("events and Helm's history", seen.cluster().reason())));
    items.add(Item.of("findings.txt", findings(seen, knowledge)));
    return new Bundle(items, missing);
  }

  private static List<String> findings(Snapshot seen, Knowledge knowledge) {
    List<String> lines = new ArrayList<>();
    lines.add("what was found at " + seen.now());
    for (Finding finding : Diagnosis.of(seen, knowledge)) {
      lines.add("");
      lines.add(finding.urgency() + " " + finding.headline());
      finding.evidence().forEach(each -> lines.add("  seen: " + each.text()));
      lines.add("  sure: " + finding.certainty().word());
    }
    return lines;
  }

  /** The same with what was read of an object or a log. */
  public Bundle with(Inspected read) {
    String what = what(read);
    Optional<List<String>> lines = read.lines().value();
    List<Missing> gone = new ArrayList<>(missing);
    if (!read.lines().isKnown()) {
      gone.add(new Missing(what, read.lines().reason()));
    }
    if (read.omitted() > 0) {
      gone.add(new Missing(what, "the %d lines before the last".formatted(read.omitted())));
    }
    Bundle told = new Bundle(items, gone);
    return lines
        .map(text -> told.with(Item.of(name(read.of(), read.container()), text), what))
        .orElse(told);
  }

  private Bundle with(Item item, String what) {
    if (size() + item.bytes().length > MOST_BYTES) {
      List<Missing> more = new ArrayList<>(missing);
      more.add(new Missing(what, "there is no room: %d MiB are kept".formatted(MOST_BYTES >> 20)));
      return new Bundle(items, more);
    }
    List<Item> more = new ArrayList<>(items);
    more.add(item);
    return new Bundle(more, missing);
  }

  /** The same, of which this could not be read either. */
  public Bundle without(String what, String why) {
    List<Missing> more = new ArrayList<>(missing);
    more.add(new Missing(what, why));
    return new Bundle(items, more);
  }

  /** How many bytes all of it takes. */
  public long size() {
    return items.stream().mapToLong(item -> item.bytes().length).sum();
  }

  /** A line for each file, with its size in bytes and its SHA-256, and for what is missing. */
  public Item index() {
    List<String> lines = new ArrayList<>();
    lines.add("Kept by lockkeeper. Passwords, tokens and keys are masked where they are known as");
    lines.add("such: read it before you give it to somebody. sha256sum compares a file with it.");
    lines.add("");
    items.forEach(
        item ->
            lines.add(
                "%s  %s  %d bytes".formatted(item.sha256(), item.name(), item.bytes().length)));
    lines.add("");
    lines.add(missing.isEmpty() ? "Nothing is missing." : "Missing:");
    missing.forEach(each -> lines.add("  " + each.line()));
    return Item.of("INDEX.txt", lines);
  }

  private static String what(Inspected read) {
    Inspection of = read.of();
    return "%s %s%s%s"
        .formatted(
            of.kind().word(),
            of.name(),
            read.container().isEmpty() ? "" : ", container " + read.container(),
            of.previous() ? ", its run before" : "");
  }

  private static String name(Inspection of, String container) {
    return switch (of.kind()) {
      case LOG -> "log-%s-%s%s.txt".formatted(of.name(), container, of.previous() ? "-before" : "");
      case POD, REPLICA_SET, DEPLOYMENT ->
          "%s-%s.txt".formatted(of.kind().word().toLowerCase(Locale.ROOT), of.name());
    };
  }
}
