package dev.lockkeeper.journal;

import dev.lockkeeper.action.RequestKind;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.ScalerObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a run said, chose and remembers: a fold over its journal.
 *
 * @param facts what it remembers so far
 */
record RunMemory(RunFacts facts) {
  /** The facts after one more entry. */
  static RunFacts after(RunFacts facts, Entry entry) {
    return new RunMemory(facts).facts(entry);
  }

  private RunFacts facts(Entry entry) {
    String word = entry.value(Entry.WORD);
    String value = entry.value(Entry.VALUE);
    return switch (entry.kind()) {
      case STARTED -> started(entry);
      case REMEMBERED -> facts.remembering(word, value);
      case ATTESTED -> facts.saying(word, value, entry.at());
      case CHOSEN -> facts.choosing(word, value);
      case REOPENED -> facts.forgetting(Set.of(word.split(" ")));
      case INTENDED -> intended(entry);
      case DONE -> done(entry);
      case WAIVED, REFUSED, UNKNOWN, COMPLETED, SKIPPED, LEFT, RESUMED, FINISHED -> facts;
    };
  }

  /** Where the run leads is needed by what it may come to owe. */
  private static RunFacts started(Entry entry) {
    RunFacts facts =
        RunFacts.starting(entry.at(), Optional.ofNullable(entry.data().get(RunFacts.TARGET)));
    for (String word : List.of(RunFacts.CONTEXT, RunFacts.KUBECONFIG, RunFacts.NAMESPACE)) {
      if (entry.data().containsKey(word)) {
        facts = facts.remembering(word, entry.value(word));
      }
    }
    return facts;
  }

  /**
   * To which replica count the run has brought the Deployment, by itself or through Helm; and where
   * the evidence is kept.
   */
  private RunFacts done(Entry entry) {
    if (entry.request().filter(RequestKind.EVIDENCE::equals).isPresent()) {
      return facts.remembering(RunFacts.EVIDENCE, entry.value(Entry.DETAIL));
    }
    boolean scales =
        entry
            .request()
            .filter(kind -> kind == RequestKind.SCALE || kind == RequestKind.HELM_UPGRADE)
            .isPresent();
    String to = entry.value("to");
    return scales && to.matches("\\d{1,9}")
        ? facts
            .remembering(RunFacts.REPLICAS_SET, to)
            .remembering(RunFacts.REPLICAS_SET_AT, entry.at().toString())
        : facts;
  }

  /**
   * Whose values those of Helm are is known before they are changed, and what a release is called
   * before it goes.
   */
  private RunFacts intended(Entry entry) {
    return entry.request().map(kind -> intended(kind, entry)).orElse(facts);
  }

  private RunFacts intended(RequestKind kind, Entry entry) {
    RunFacts asked = facts.remembering(RunFacts.HELM_DIGEST, entry.digest());
    return switch (kind) {
      case HELM_UNINSTALL ->
          asked
              .remembering(RunFacts.HELM_RELEASE, entry.value("release"))
              .remembering(RunFacts.HELM_ADDRESSES, entry.value("addresses"))
              .remembering(RunFacts.HELM_DEPLOYMENT, entry.value("deployment"));
      case HELM_UPGRADE -> entry.value("replica-count").isEmpty() ? asked : lent(entry, asked);
      case HELM_ROLLBACK, HELM_FORGET, HELM_VALUES, HELM_REPOSITORY -> asked;
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
          EVIDENCE ->
          facts;
      case HPA_LIMITS, KEDA_PAUSE, ARGO_SYNC, FLUX_SUSPEND -> holding(entry);
    };
  }

  /** How a scaler was set before the run touched it first. */
  private RunFacts holding(Entry entry) {
    String word =
        ScalerObject.word(entry.value("type"), entry.value("namespace"), entry.value("name"));
    return facts.recalled(word).isPresent() ? facts : facts.remembering(word, entry.value("from"));
  }

  private static RunFacts lent(Entry entry, RunFacts asked) {
    String revision = entry.value("values-revision");
    String own = entry.value("own-replicas");
    RunFacts with =
        revision.isEmpty() ? asked : asked.remembering(RunFacts.HELM_REVISION, revision);
    return own.isEmpty() ? with : with.remembering(RunFacts.HELM_REPLICAS, own);
  }
}
