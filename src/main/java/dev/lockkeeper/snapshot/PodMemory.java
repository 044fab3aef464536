package dev.lockkeeper.snapshot;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a pod failed that may be gone by now: its log and its last state go with it, so the run keeps
 * them.
 *
 * @param cause why it did not run
 * @param at when that was seen, by the bastion's clock
 * @param pod the pod's name
 * @param image the image of its coderd container
 * @param terms the setting that the failure came from, such as the memory limit or the liveness
 *     probe; empty where it came from none
 * @param words what it said, without what looks like a password
 */
public record PodMemory(
    Cause cause, Instant at, String pod, String image, String terms, String words) {
  private static final String BETWEEN = " | ";
  private static final int PARTS = 6;
  private static final int LONGEST = 300;

  /** Why a pod did not run. */
  public enum Cause {
    /** Its liveness probe failed, and the kubelet killed it. */
    PROBE_KILLED,
    /** It took more memory than it may. */
    OUT_OF_MEMORY,
    /** Its migration failed. */
    MIGRATION_FAILED,
    /** Its image is older than the schema. */
    IMAGE_TOO_OLD,
    /** Its image did not come. */
    IMAGE_NOT_PULLED,
    /** Something that it refers to is not there. */
    NOT_CONFIGURED,
    /** It did not get to its database. */
    DATABASE_OUT_OF_REACH,
    /** It ended by itself, with words that no rule knows. */
    CRASHED
  }

  public PodMemory {
    terms = terms.replace(BETWEEN, " ¦ ");
    String masked = Masked.of(words.replaceAll("\\s+", " ").strip()).text();
    words = masked.length() > LONGEST ? masked.substring(0, LONGEST) + "…" : masked;
  }

  /** Whether it tells the same of the same pod, whenever that was. */
  public boolean repeats(PodMemory other) {
    return cause == other.cause
        && pod.equals(other.pod)
        && image.equals(other.image)
        && terms.equals(other.terms);
  }

  /** In one line, to be kept in the journal. */
  public String text() {
    return String.join(BETWEEN, cause.name(), at.toString(), pod, image, terms, words);
  }

  /** What such a line says; empty when it is none. */
  public static Optional<PodMemory> of(String text) {
    String[] parts = text.split(" \\| ", PARTS);
    if (parts.length < PARTS) {
      return Optional.empty();
    }
    try {
      return Arrays.stream(Cause.values())
          .filter(cause -> cause.name().equals(parts[0]))
          .findFirst()
          .map(
              cause ->
                  new PodMemory(
                      cause, Instant.parse(parts[1]), parts[2], parts[3], parts[4], parts[5]));
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }
}
