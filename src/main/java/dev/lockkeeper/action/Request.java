package dev.lockkeeper.action;

import dev.lockkeeper.snapshot.PinnedContext;
import dev.lockkeeper.snapshot.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The exact thing that will be asked: targets with their identity, the old value and the new one.
 * Two requests are the same act exactly when they are equal.
 */
public sealed interface Request
    permits AdoptRequest,
        ContainerRequest,
        EndRequest,
        EvidenceRequest,
        ConnectionLimitRequest,
        ForgetRequest,
        HelmRequest,
        LeaseRequest,
        PreparedRequest,
        RepairRequest,
        RepositoryRequest,
        ScaleRequest,
        ScalerRequest,
        ValuesRequest {
  /** Of which kind it is. */
  RequestKind kind();

  /** What it does, as a person would say it in one line. */
  String summary();

  /** What a button that does it is called. */
  String verb();

  /** The equivalent command, complete, so that a person can do the same by hand. */
  String command();

  /** The command that puts the old value back; empty when nothing can. */
  String undo();

  /** Where kubectl or helm would do it; empty where they have no part in it. */
  default Optional<PinnedContext> pinned() {
    return Optional.empty();
  }

  /** Its targets and values by name, as they are written to the journal. */
  Map<String, String> identity();

  /** What it is expected to do for whoever waits; it is no part of what is asked. */
  default Optional<Prediction> prediction() {
    return Optional.empty();
  }

  /** A value that changes with everything that identifies it, in hexadecimal digits. */
  default String digest() {
    return digest(identity());
  }

  /** The digest of a request that has this identity. */
  static String digest(Map<String, String> identity) {
    return Sha256.of(new TreeMap<>(identity).toString().getBytes(StandardCharsets.UTF_8)).hex();
  }

  /**
   * Whether an operator who confirmed this request has confirmed that one as well: it is the same
   * or asks for less. In a list of sessions one that has gone since is fine; another one is not.
   */
  default boolean covers(Request now) {
    return equals(now);
  }

  /**
   * In what that request differs from this one, a line each, such as {@code found: 3 → 5}; empty
   * when they are equal. Two requests may look alike in their summaries and be about two things.
   */
  default List<String> differences(Request now) {
    return Differences.between(identity(), now.identity());
  }

  /**
   * Asks the server to judge the request without carrying it out. Reads or sends a dry run; blocks
   * for some seconds at most and never throws.
   */
  default Rehearsal rehearse(Operations operations) {
    return new Rehearsal(Rehearsal.Verdict.NOT_ASKED, List.of());
  }

  /** Asks the port that can do it. Called at most once for each confirmation. */
  Outcome perform(Operations operations);
}
