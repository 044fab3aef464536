package dev.lockkeeper.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A process that cannot be mistaken for a later one with the same number.
 *
 * @param pid its number
 * @param started when it started, in the kernel's ticks since boot
 */
public record ProcessName(long pid, long started) {
  /** The place of {@code starttime} behind the name in brackets; see proc(5). */
  private static final int START = 19;

  public static ProcessName of(long pid) {
    return new ProcessName(pid, started(pid).orElse(0L));
  }

  /**
   * A word for where numbers of processes mean these processes: this boot of this machine, and its
   * container. A folder may be shared by several. Empty where that cannot be known.
   */
  public static String place() {
    try {
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      Path container = Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
      byte[] name = (boot + container).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(name);
      return HexFormat.of().formatHex(hash).substring(0, 12);
    } catch (IOException | RuntimeException | NoSuchAlgorithmException e) {
      return "";
    }
  }

  /** Reads what {@link #toString} wrote. */
  public static Optional<ProcessName> parse(String text) {
    return text.matches("[0-9]{1,10} [0-9]{1,18}")
        ? Optional.of(
            new ProcessName(
                Long.parseLong(text.substring(0, text.indexOf(' '))),
                Long.parseLong(text.substring(text.indexOf(' ') + 1))))
        : Optional.empty();
  }

  /** Whether this very process is there; one that only waits to be buried is not. */
  public boolean alive() {
    return started(pid).filter(time -> time == started).isPresent();
  }

  private static Optional<Long> started(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return fields[0].equals("Z") ? Optional.empty() : Optional.of(Long.valueOf(fields[START]));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return pid + " " + started;
  }
}
