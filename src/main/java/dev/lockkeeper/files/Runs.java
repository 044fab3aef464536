package dev.lockkeeper.files;

import dev.lockkeeper.trust.Trusted;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    return begin(runbook, now, Storage.ofThisMachine());
  }

  /** The same on another disk. */
  public JournalFile begin(String runbook, Instant now, Storage storage) throws IOException {
    Private.folder(folder);
    String name = NAME.format(now) + "-" + runbook;
    Path run = folder.resolve(name);
    for (int i = 2; Files.exists(run); i++) {
      run = folder.resolve(name + "-" + i);
    }
    Private.folder(run);
    return JournalFile.open(run.resolve(JOURNAL), storage);
  }

  /**
   * The journal of the run of this name, if there is one.
   *
   * @throws IOException if somebody else could have written it
   */
  public Optional<Path> journal(String name) throws IOException {
    Path journal = folder.resolve(name).resolve(JOURNAL).normalize();
    return journal.startsWith(folder) && Trusted.ours(journal)
        ? Optional.of(journal)
        : Optional.empty();
  }

  /**
   * The journals of all runs, the newest first, whether they can be read or not.
   *
   * @throws IOException if somebody else could have made their folder
   */
  public List<Path> journals() throws IOException {
    if (!Trusted.ours(folder)) {
      return List.of();
    }
    List<Path> journals = new ArrayList<>();
    try (DirectoryStream<Path> runs = Files.newDirectoryStream(folder, Files::isDirectory)) {
      for (Path run : runs) {
        if (Files.exists(run.resolve(JOURNAL), LinkOption.NOFOLLOW_LINKS)) {
          journals.add(run.resolve(JOURNAL));
        }
      }
    }
    journals.sort(Comparator.comparing(Runs::name).reversed());
    return List.copyOf(journals);
  }

  /** The name of the run whose journal this is. */
  public static String name(Path journal) {
    return journal.toAbsolutePath().getParent().getFileName().toString();
  }
}
