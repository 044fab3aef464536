package dev.lockkeeper.files;

import dev.lockkeeper.journal.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The runs on this machine: a folder each, with its journal, below the user's state folder.
 *
 * @param folder where they lie
 */
public record Runs(Path folder) {
  private static final String JOURNAL = "journal.jsonl";
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /** Where the XDG conventions put them. */
  public static Runs of(Map<String, String> environment, Path home) {
    Path state =
        Optional.ofNullable(environment.get("XDG_STATE_HOME"))
            .filter(text -> !text.isBlank())
            .map(Path::of)
            .filter(Path::isAbsolute)
            .orElse(home.resolve(".local/state"));
    return new Runs(state.resolve("lockkeeper/runs"));
  }

  /**
   * Begins a run.
   *
   * @param runbook its runbook's name, which becomes part of its own
   * @throws IOException if the folder cannot be made or written
   */
  public JournalFile begin(String runbook, Instant now) throws IOException {
    Private.folder(folder);
    String name = NAME.format(now) + "-" + runbook;
    Path run = folder.resolve(name);
    for (int i = 2; Files.exists(run); i++) {
      run = folder.resolve(name + "-" + i);
    }
    Private.folder(run);
    return JournalFile.open(run.resolve(JOURNAL));
  }

  /** The journal of the run of this name, if there is one. */
  public Optional<Path> journal(String name) {
    Path journal = folder.resolve(name).resolve(JOURNAL).normalize();
    return journal.startsWith(folder) && Files.isRegularFile(journal)
        ? Optional.of(journal)
        : Optional.empty();
  }

  /** The journal of the newest run that is not finished. */
  public Optional<Path> newestUnfinished() throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> runs = Files.list(folder)) {
      List<Path> journals =
          runs.map(run -> run.resolve(JOURNAL))
              .filter(Files::isRegularFile)
              .sorted(Comparator.comparing((Path path) -> path.getParent().toString()).reversed())
              .toList();
      for (Path journal : journals) {
        List<Entry> entries = JournalFile.read(journal);
        if (!entries.isEmpty() && entries.stream().noneMatch(is(Entry.Kind.FINISHED))) {
          return Optional.of(journal);
        }
      }
      return Optional.empty();
    }
  }

  /** The name of the run whose journal this is. */
  public static String name(Path journal) {
    return journal.toAbsolutePath().getParent().getFileName().toString();
  }

  private static Predicate<Entry> is(Entry.Kind kind) {
    return entry -> entry.kind() == kind;
  }
}
