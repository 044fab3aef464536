package dev.lockkeeper.action;

import dev.lockkeeper.snapshot.DatabaseIdentity;
import dev.lockkeeper.snapshot.Right;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The kinds of requests. What follows from a kind is decided here, and where the journal is folded,
 * by switches that leave none out: a new kind does not compile until somebody has thought of each.
 */
public enum RequestKind {
  SCALE("scale"),
  IMAGE("image"),
  LIVENESS_PROBE("liveness-probe"),
  MEMORY_LIMIT("memory-limit"),
  CONNECTION_LIMIT("connection-limit"),
  CANCEL("cancel"),
  TERMINATE("terminate"),
  ROLLBACK_PREPARED("rollback-prepared"),
  REPAIR("repair"),
  LEASE("lease"),
  ADOPT("adopt"),
  HPA_LIMITS("hpa-limits"),
  KEDA_PAUSE("keda-pause"),
  ARGO_SYNC("argo-sync"),
  FLUX_SUSPEND("flux-suspend"),
  HELM_UPGRADE("helm-upgrade"),
  HELM_ROLLBACK("helm-rollback"),
  HELM_UNINSTALL("helm-uninstall"),
  HELM_FORGET("helm-forget"),
  HELM_VALUES("helm-values"),
  HELM_REPOSITORY("helm-repository"),
  EVIDENCE("evidence");

  /** Under this key of its identity a request has the word of its kind. */
  public static final String KEY = "request";

  private final String word;

  RequestKind(String word) {
    this.word = word;
  }

  /** The word that journals have for it; never changed, for old ones are read as well. */
  public String word() {
    return word;
  }

  /** What names a request to a database in the journal: its kind, the server and the rest. */
  Map<String, String> at(DatabaseIdentity database, Map<String, String> rest) {
    Map<String, String> identity = new HashMap<>(rest);
    identity.put(KEY, word);
    identity.put("database", database.name());
    identity.put("server", database.systemIdentifier());
    identity.put("server-started", database.startedAt());
    return Map.copyOf(identity);
  }

  /** The kind that a journal calls so; empty for a word that this version does not know. */
  public static Optional<RequestKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  /** Whether one command takes it back, which stands beside it from the first moment on. */
  public boolean hasUndo() {
    return switch (this) {
      case SCALE,
          IMAGE,
          LIVENESS_PROBE,
          MEMORY_LIMIT,
          CONNECTION_LIMIT,
          REPAIR,
          LEASE,
          ADOPT,
          HPA_LIMITS,
          KEDA_PAUSE,
          ARGO_SYNC,
          FLUX_SUSPEND,
          HELM_UPGRADE,
          HELM_VALUES,
          HELM_REPOSITORY ->
          true;
      case CANCEL,
          TERMINATE,
          ROLLBACK_PREPARED,
          HELM_ROLLBACK,
          HELM_UNINSTALL,
          HELM_FORGET,
          EVIDENCE ->
          false;
    };
  }

  /** Whether the server, or helm, judges it beforehand without doing it. */
  public boolean isRehearsed() {
    return switch (this) {
      case SCALE,
          IMAGE,
          LIVENESS_PROBE,
          MEMORY_LIMIT,
          ADOPT,
          HPA_LIMITS,
          KEDA_PAUSE,
          ARGO_SYNC,
          FLUX_SUSPEND,
          HELM_UPGRADE,
          HELM_ROLLBACK,
          HELM_UNINSTALL,
          HELM_FORGET ->
          true;
      case CONNECTION_LIMIT,
          CANCEL,
          TERMINATE,
          ROLLBACK_PREPARED,
          REPAIR,
          LEASE,
          HELM_VALUES,
          HELM_REPOSITORY,
          EVIDENCE ->
          false;
    };
  }

  /** What our user must be allowed in the cluster; what the database allows is asked there. */
  public Set<Right.Use> rights() {
    return switch (this) {
      case SCALE -> Set.of(Right.Use.SCALE);
      case IMAGE -> Set.of(Right.Use.CHANGE_IMAGE);
      case LIVENESS_PROBE -> Set.of(Right.Use.CHANGE_PROBE);
      case MEMORY_LIMIT -> Set.of(Right.Use.CHANGE_IMAGE);
      case LEASE -> Set.of(Right.Use.HOLD_LEASE);
      case HPA_LIMITS, KEDA_PAUSE, ARGO_SYNC, FLUX_SUSPEND -> Set.of(Right.Use.HOLD_SCALERS);
      case HELM_UPGRADE, HELM_ROLLBACK, HELM_UNINSTALL, HELM_FORGET ->
          Set.of(Right.Use.READ_RELEASES, Right.Use.RUN_HELM);
      case HELM_VALUES -> Set.of(Right.Use.READ_RELEASES);
      // Helm names the object, and which right it needs is told with it.
      case ADOPT -> Set.of();
      case CONNECTION_LIMIT, CANCEL, TERMINATE, ROLLBACK_PREPARED, REPAIR, HELM_REPOSITORY ->
          Set.of();
      // What may not be read is told among what is missing.
      case EVIDENCE -> Set.of();
    };
  }

  /**
   * Whether a second operator is asked where that was laid down and its plan cannot be taken back.
   * What is only written on this machine concerns nobody else.
   */
  public boolean takesSecondLook() {
    return switch (this) {
      case SCALE,
          IMAGE,
          LIVENESS_PROBE,
          MEMORY_LIMIT,
          CONNECTION_LIMIT,
          CANCEL,
          TERMINATE,
          ROLLBACK_PREPARED,
          REPAIR,
          LEASE,
          ADOPT,
          HPA_LIMITS,
          KEDA_PAUSE,
          ARGO_SYNC,
          FLUX_SUSPEND,
          HELM_UPGRADE,
          HELM_ROLLBACK,
          HELM_UNINSTALL,
          HELM_FORGET ->
          true;
      case HELM_VALUES, HELM_REPOSITORY, EVIDENCE -> false;
    };
  }

  /** Whether nobody else may hold the operator's Lease while it is done. */
  public boolean needsTheLease() {
    return switch (this) {
      // To keep what is seen is in nobody's way.
      case LEASE, EVIDENCE -> false;
      case SCALE,
          IMAGE,
          LIVENESS_PROBE,
          MEMORY_LIMIT,
          CONNECTION_LIMIT,
          CANCEL,
          TERMINATE,
          ROLLBACK_PREPARED,
          REPAIR,
          ADOPT,
          HPA_LIMITS,
          KEDA_PAUSE,
          ARGO_SYNC,
          FLUX_SUSPEND,
          HELM_UPGRADE,
          HELM_ROLLBACK,
          HELM_UNINSTALL,
          HELM_FORGET,
          HELM_VALUES,
          HELM_REPOSITORY ->
          true;
    };
  }

  /** Whether helm itself does it, so that what helm says beforehand is worth keeping. */
  public boolean runsHelm() {
    return switch (this) {
      case HELM_UPGRADE, HELM_ROLLBACK, HELM_UNINSTALL -> true;
      case SCALE,
          IMAGE,
          LIVENESS_PROBE,
          MEMORY_LIMIT,
          CONNECTION_LIMIT,
          CANCEL,
          TERMINATE,
          ROLLBACK_PREPARED,
          REPAIR,
          LEASE,
          ADOPT,
          HPA_LIMITS,
          KEDA_PAUSE,
          ARGO_SYNC,
          FLUX_SUSPEND,
          HELM_FORGET,
          HELM_VALUES,
          HELM_REPOSITORY,
          EVIDENCE ->
          false;
    };
  }

  /** Whether what it ends may come back, so that the same has to be done once more. */
  public boolean mayBeDueAgain() {
    return switch (this) {
      case CANCEL, TERMINATE, ROLLBACK_PREPARED -> true;
      case SCALE,
          IMAGE,
          LIVENESS_PROBE,
          MEMORY_LIMIT,
          CONNECTION_LIMIT,
          REPAIR,
          LEASE,
          ADOPT,
          HPA_LIMITS,
          KEDA_PAUSE,
          ARGO_SYNC,
          FLUX_SUSPEND,
          HELM_UPGRADE,
          HELM_ROLLBACK,
          HELM_UNINSTALL,
          HELM_FORGET,
          HELM_VALUES,
          HELM_REPOSITORY,
          EVIDENCE ->
          false;
    };
  }
}
