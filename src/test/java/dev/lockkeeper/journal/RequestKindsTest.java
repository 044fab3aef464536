package dev.lockkeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.OneAnswer;
import dev.lockkeeper.action.AdoptRequest;
import dev.lockkeeper.action.ConnectionLimitRequest;
import dev.lockkeeper.action.EndRequest;
import dev.lockkeeper.action.EvidenceRequest;
import dev.lockkeeper.action.ForgetRequest;
import dev.lockkeeper.action.HelmRequest;
import dev.lockkeeper.action.ImageRequest;
import dev.lockkeeper.action.LeaseRequest;
import dev.lockkeeper.action.MemoryRequest;
import dev.lockkeeper.action.Operations;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.PreparedRequest;
import dev.lockkeeper.action.ProbeRequest;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.RepairRequest;
import dev.lockkeeper.action.RepositoryRequest;
import dev.lockkeeper.action.Request;
import dev.lockkeeper.action.RequestKind;
import dev.lockkeeper.action.RollbackRequest;
import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.action.ScalerRequest;
import dev.lockkeeper.action.UninstallRequest;
import dev.lockkeeper.action.UpgradeRequest;
import dev.lockkeeper.action.ValuesRequest;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.DatabaseIdentity;
import dev.lockkeeper.snapshot.HelmClaim;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.ScalerObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows from each kind of request: none is left out, and none owes in silence. */
class RequestKindsTest {
  private static final Instant AT = Instant.parse("2026-11-21T22:00:00Z");
  private static final DatabaseIdentity DATABASE =
      new DatabaseIdentity("pg", 5432, "coder", "coder", "7301", "then", 170011, false);
  private static final HelmRequest.Place PLACE =
      new HelmRequest.Place(Contexts.in("coder"), "coder", 3);
  private static final HelmRequest.Seen SEEN =
      new HelmRequest.Seen("coder", "uid", 7, 3, "coder:v2.28.0");

  /** One of each, that takes something away where the kind can. */
  private static Request example(RequestKind kind) {
    return switch (kind) {
      case SCALE -> new ScaleRequest(Contexts.in("coder"), "coder", "uid", 3, 0);
      case IMAGE ->
          new ImageRequest(
              Contexts.in("coder"), "coder", "uid", 7, "coder", "c:v2.28.0", "c:v2.29.3");
      case LIVENESS_PROBE ->
          new ProbeRequest(
              Contexts.in("coder"), "coder", "uid", 7, "coder", Optional.of("{}"), none());
      case MEMORY_LIMIT ->
          new MemoryRequest(Contexts.in("coder"), "coder", "uid", 7, "coder", "512Mi", "2Gi");
      case CONNECTION_LIMIT -> new ConnectionLimitRequest(DATABASE, 40, 0);
      case CANCEL -> ending(EndRequest.Manner.CANCEL);
      case TERMINATE -> ending(EndRequest.Manner.TERMINATE);
      case ROLLBACK_PREPARED -> new PreparedRequest(DATABASE, "gid", "coder", "then");
      case REPAIR -> new RepairRequest(DATABASE, "public", 362, 361);
      case LEASE ->
          new LeaseRequest(
              Contexts.in("coder"), "lockkeeper-coder", false, none(), "ann@bastion run-1");
      case ADOPT ->
          new AdoptRequest(
              Contexts.in("coder"),
              new ObjectName("Secret", "values", "coder"),
              "uid",
              "12",
              new HelmClaim(none(), none(), none()),
              HelmClaim.of("coder", "coder"));
      case HPA_LIMITS ->
          holding(ScalerObject.Type.AUTOSCALER, "{\"minReplicas\":3,\"maxReplicas\":6}");
      case KEDA_PAUSE -> holding(ScalerObject.Type.SCALED_OBJECT, "{}");
      case ARGO_SYNC ->
          holding(ScalerObject.Type.APPLICATION, "{\"automated\":{\"selfHeal\":true}}");
      case FLUX_SUSPEND -> holding(ScalerObject.Type.HELM_RELEASE, "{\"suspend\":null}");
      case HELM_UPGRADE ->
          new UpgradeRequest(
              PLACE,
              new UpgradeRequest.Chart("https://helm.coder.com/v2", "coder", "2.29.3"),
              new UpgradeRequest.Values(3, none(), Optional.of(1), none(), "", false),
              SEEN,
              1,
              Optional.of(3));
      case HELM_ROLLBACK -> new RollbackRequest(PLACE, 2, false, SEEN);
      case HELM_UNINSTALL -> new UninstallRequest(PLACE, "coder", "web", SEEN);
      case HELM_FORGET ->
          new ForgetRequest(
              Contexts.in("coder"),
              "coder",
              3,
              "failed",
              new HelmRelease.Secret("name", "uid", "12"));
      case HELM_VALUES -> new ValuesRequest(PLACE, 3, "/tmp/values.yaml");
      case HELM_REPOSITORY -> new RepositoryRequest("coder-v2", "https://helm.coder.com/v2");
      case EVIDENCE -> new EvidenceRequest(Contexts.in("coder"), "coder");
    };
  }

  /** The words of the debts that the example owes. */
  private static Set<String> owed(RequestKind kind) {
    return switch (kind) {
      case SCALE -> Set.of(RunFacts.REPLICAS);
      case IMAGE -> Set.of(Debt.HELM_VALUES);
      case LIVENESS_PROBE -> Set.of(Debt.LIVENESS_PROBE);
      case MEMORY_LIMIT -> Set.of(Debt.HELM_MEMORY);
      case CONNECTION_LIMIT -> Set.of(Debt.CONNECTION_LIMIT);
      case HPA_LIMITS -> Set.of("scaler:hpa:coder/coder");
      case KEDA_PAUSE -> Set.of("scaler:scaledobject:coder/coder");
      case ARGO_SYNC -> Set.of("scaler:application:coder/coder");
      case FLUX_SUSPEND -> Set.of("scaler:helmrelease:coder/coder");
      case HELM_UPGRADE -> Set.of(RunFacts.REPLICAS, RunFacts.HELM_REPLICAS);
      case CANCEL, TERMINATE, ROLLBACK_PREPARED, REPAIR, LEASE, ADOPT, EVIDENCE -> Set.of();
      case HELM_ROLLBACK, HELM_UNINSTALL, HELM_FORGET, HELM_VALUES, HELM_REPOSITORY -> Set.of();
    };
  }

  /** Journals of every version have these words: none may ever change. */
  @Test
  void theWordsOfTheJournalStayWhatTheyAre() {
    assertThat(Arrays.stream(RequestKind.values()).map(RequestKind::word))
        .containsExactly(
            "scale",
            "image",
            "liveness-probe",
            "memory-limit",
            "connection-limit",
            "cancel",
            "terminate",
            "rollback-prepared",
            "repair",
            "lease",
            "adopt",
            "hpa-limits",
            "keda-pause",
            "argo-sync",
            "flux-suspend",
            "helm-upgrade",
            "helm-rollback",
            "helm-uninstall",
            "helm-forget",
            "helm-values",
            "helm-repository",
            "evidence");
  }

  @ParameterizedTest
  @EnumSource
  void aJournalTellsOfWhichKindAnActWas(RequestKind kind) {
    assertThat(example(kind).kind()).isEqualTo(kind);
    assertThat(Entry.intended(AT, "1.1", example(kind)).request()).contains(kind);
    assertThat(example(kind).identity()).containsEntry("request", kind.word());
  }

  @ParameterizedTest
  @EnumSource
  void anActOwesFromItsIntentionOnWhatItsKindTakesAway(RequestKind kind) {
    Progress intended = Progress.of(List.of(Entry.intended(AT, "1.1", example(kind))), AT);
    assertThat(words(intended)).isEqualTo(owed(kind));
    Progress refused =
        intended.with(Entry.outcome(AT, "1.1", example(kind), Outcome.refused("no")));
    assertThat(refused.owes()).isFalse();
  }

  /** What can be put back and has to be is a debt; what can be and need not be is named here. */
  @ParameterizedTest
  @EnumSource
  void whatHasAnUndoOwesOrIsMeantToStay(RequestKind kind) {
    Set<RequestKind> meantToStay =
        Set.of(
            RequestKind.REPAIR,
            RequestKind.LEASE,
            RequestKind.ADOPT,
            RequestKind.HELM_VALUES,
            RequestKind.HELM_REPOSITORY);
    assertThat(example(kind).undo().isEmpty()).isNotEqualTo(kind.hasUndo());
    assertThat(kind.hasUndo() && owed(kind).isEmpty()).isEqualTo(meantToStay.contains(kind));
  }

  @ParameterizedTest
  @EnumSource
  void theKindKnowsWhetherTheServerIsAskedBeforehand(RequestKind kind) throws Exception {
    Class<?> answering =
        example(kind).getClass().getMethod("rehearse", Operations.class).getDeclaringClass();
    assertThat(answering != Request.class).isEqualTo(kind.isRehearsed());
    Operations ports = new OneAnswer(() -> Outcome.done("done")).operations();
    Rehearsal nobody = new Rehearsal(Rehearsal.Verdict.NOT_ASKED, List.of());
    assertThat(example(kind).rehearse(ports).equals(nobody)).isNotEqualTo(kind.isRehearsed());
  }

  @ParameterizedTest
  @EnumSource
  void whatChangesTheClusterNeedsARightOrIsToldWithItsObject(RequestKind kind) {
    boolean inCluster =
        Stream.of("deployment", "lease", "release", "type")
            .anyMatch(word -> example(kind).identity().containsKey(word));
    boolean adopting = kind == RequestKind.ADOPT;
    assertThat(!kind.rights().isEmpty()).isEqualTo(inCluster && !adopting);
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatStaysOnThisMachineIsNobodyElsesConcern(RequestKind kind) {
    Set<RequestKind> staying =
        Set.of(RequestKind.HELM_VALUES, RequestKind.HELM_REPOSITORY, RequestKind.EVIDENCE);
    assertThat(kind.takesSecondLook()).isNotEqualTo(staying.contains(kind));
    assertThat(kind.needsTheLease())
        .isNotEqualTo(kind == RequestKind.LEASE || kind == RequestKind.EVIDENCE);
  }

  @Test
  void everyRequestIsOfSomeKind() {
    Set<Class<?>> seen = new HashSet<>();
    for (RequestKind kind : RequestKind.values()) {
      seen.add(example(kind).getClass());
    }
    assertThat(concrete(Request.class)).containsExactlyInAnyOrderElementsOf(seen);
  }

  @Test
  void anActOfALaterVersionIsReadAndOwesNothingHere() {
    Map<String, String> data = new HashMap<>(example(RequestKind.SCALE).identity());
    data.put("request", "teleport");
    Entry later = new Entry(AT, Entry.Kind.DONE, "1.1", data);
    assertThat(later.request()).isEmpty();
    assertThat(Progress.of(List.of(later), AT).owes()).isFalse();
  }

  private static List<Class<?>> concrete(Class<?> type) {
    if (!type.isSealed()) {
      return List.of(type);
    }
    List<Class<?>> all = new ArrayList<>();
    for (Class<?> each : type.getPermittedSubclasses()) {
      all.addAll(concrete(each));
    }
    return all;
  }

  private static Set<String> words(Progress progress) {
    return progress.debts().stream().map(Debt::word).collect(Collectors.toSet());
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }

  private static ScalerRequest holding(ScalerObject.Type type, String setting) {
    return new ScalerRequest(
        Contexts.in("coder"),
        new ScalerObject(type, "coder", "coder", "uid", setting, false, none()),
        type.held());
  }

  private static EndRequest ending(EndRequest.Manner manner) {
    return new EndRequest(
        DATABASE,
        manner,
        EndRequest.Grounds.DATABASE,
        List.of(new EndRequest.Session(1, "then", "coder", "")));
  }
}
