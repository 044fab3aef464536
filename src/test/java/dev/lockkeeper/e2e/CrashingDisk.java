package dev.lockkeeper.e2e;

import dev.lockkeeper.files.TouchedChannel;
import dev.lockkeeper.journal.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A disk at which the process dies, without a word, when the first line of a kind is written. */
public final class CrashingDisk implements TouchedChannel.Hand {
  /** What a process that died here leaves as its exit code. */
  public static final int CODE = 99;

  private static final Pattern LINE = Pattern.compile("\"kind\":\"(\\w+)\",\"step\":\"([^\"]*)\"");

  private final Moment moment;
  private final Path crashes;
  private final Set<String> spared;
  private String step;

  /**
   * A disk.
   *
   * @param crashes the file to which it notes down its crash; steps that are in it are spared
   * @throws IOException when that file is there and cannot be read
   */
  public CrashingDisk(Moment moment, Path crashes) throws IOException {
    this.moment = moment;
    this.crashes = crashes;
    this.spared = crashed(crashes);
  }

  private static Set<String> crashed(Path crashes) throws IOException {
    return Files.exists(crashes)
        ? Files.readAllLines(crashes).stream()
            .map(line -> line.split(" ")[0])
            .collect(Collectors.toSet())
        : Set.of();
  }

  /** Where in the writing of a line it dies. */
  public enum Point {
    /** Nothing of the line is there; for the line about an outcome, the act was just done. */
    BEFORE_WRITE,
    HALF_WAY,
    BEFORE_FSYNC,
    /** The line is on disk; of an intention, nobody has heard of it yet. */
    AFTER_FSYNC,
    NEVER
  }

  /** The line and the point. */
  public record Moment(Entry.Kind kind, Point point) {}

  @Override
  public int write(ByteBuffer line, FileChannel real) throws IOException {
    Matcher named = LINE.matcher(StandardCharsets.UTF_8.decode(line.duplicate()));
    boolean meant = named.find() && named.group(1).equals(moment.kind().name());
    step = meant && !spared.contains(named.group(2)) ? named.group(2) : null;
    dieAt(Point.BEFORE_WRITE);
    if (step != null && moment.point() == Point.HALF_WAY) {
      real.write(line.slice(0, line.limit() / 2));
      real.force(true);
      dieAt(Point.HALF_WAY);
    }
    return real.write(line);
  }

  @Override
  public void force(FileChannel real) throws IOException {
    dieAt(Point.BEFORE_FSYNC);
    real.force(true);
    dieAt(Point.AFTER_FSYNC);
  }

  private void dieAt(Point here) throws IOException {
    if (step != null && moment.point() == here) {
      Files.writeString(
          crashes,
          "%s %s %s%n".formatted(step, moment.kind(), here),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      Runtime.getRuntime().halt(CODE);
    }
  }
}
