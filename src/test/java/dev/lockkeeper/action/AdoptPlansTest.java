package dev.lockkeeper.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.snapshot.Deployment.FieldManager;
import dev.lockkeeper.snapshot.HelmClaim;
import dev.lockkeeper.snapshot.NamedObject;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.CoderV1Scene;
import dev.lockkeeper.story.Scenery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What handing an object over to Helm would be. */
class AdoptPlansTest {
  private static final Knowledge KNOWLEDGE = KnowledgeFile.load();
  private static final HelmClaim HALF =
      new HelmClaim(Optional.of("it's me"), Optional.empty(), Optional.empty());

  private static Scenery seen(HelmClaim claim) {
    return CoderV1Scene.named(CoderV1Scene.NOT_OWNED, CoderV1Scene.ACCOUNT, claim);
  }

  private static Scenery seen(String component, Object value) {
    NamedObject object = CoderV1Scene.object(CoderV1Scene.ACCOUNT, CoderV1Scene.NOBODYS);
    NamedObject.Metadata altered = Altered.of(object.found().orElseThrow(), component, value);
    NamedObject other = new NamedObject(object.name(), Optional.of(altered));
    return seen(CoderV1Scene.NOBODYS).cluster("named", Observed.known(other, Scenery.NOW));
  }

  private static Proposal proposal(Scenery scenery) {
    return new Adopt().propose(scenery.seen(), KNOWLEDGE);
  }

  private static Plan plan(Scenery scenery) {
    Proposal proposal = proposal(scenery);
    assertThat(proposal.reason()).isEmpty();
    return proposal.plan().orElseThrow();
  }

  @Test
  void threeEntriesAreSetAndTheWayBackTakesThemAway() {
    Plan plan = plan(seen(CoderV1Scene.NOBODYS));

    assertThat(plan.risk()).isEqualTo(Risk.DISRUPTIVE);
    assertThat(plan.request().command())
        .isEqualTo(
            "kubectl --context prod-eu -n coder label serviceaccount/coder"
                + " app.kubernetes.io/managed-by=Helm --overwrite && kubectl --context prod-eu -n"
                + " coder annotate serviceaccount/coder meta.helm.sh/release-name=prod"
                + " meta.helm.sh/release-namespace=coder --overwrite");
    assertThat(plan.undo())
        .isEqualTo(
            "kubectl --context prod-eu -n coder label serviceaccount/coder"
                + " app.kubernetes.io/managed-by- --overwrite && kubectl --context prod-eu -n coder"
                + " annotate serviceaccount/coder meta.helm.sh/release-name-"
                + " meta.helm.sh/release-namespace- --overwrite");
    assertThat(String.join("\n", plan.effects()))
        .contains(
            "it was made 2026-01-22; written by kubectl-create",
            "a later helm uninstall of prod deletes it");
  }

  @Test
  void whatWasThereIsPutBackAsItWas() {
    assertThat(plan(seen(HALF)).undo())
        .startsWith(
            "kubectl --context prod-eu -n coder label serviceaccount/coder"
                + " 'app.kubernetes.io/managed-by=it'\\''s me' --overwrite && kubectl --context"
                + " prod-eu");
    HelmClaim almost = new HelmClaim(Optional.of("Helm"), Optional.of("prod"), Optional.empty());
    assertThat(plan(seen(almost)).request().command())
        .isEqualTo(
            "kubectl --context prod-eu -n coder annotate serviceaccount/coder"
                + " meta.helm.sh/release-namespace=coder --overwrite");
  }

  @Test
  void theJournalTellsWhatWasMeant() {
    AdoptRequest request = (AdoptRequest) plan(seen(HALF)).request();
    assertThat(request.identity())
        .containsAllEntriesOf(
            Map.of(
                "request", "adopt",
                "kind", "ServiceAccount",
                "name", "coder",
                "namespace", "coder",
                "uid", "uid-ServiceAccount",
                "resource-version", "4711",
                "from app.kubernetes.io/managed-by", "it's me",
                "to app.kubernetes.io/managed-by", "Helm",
                "to meta.helm.sh/release-name", "prod",
                "to meta.helm.sh/release-namespace", "coder"))
        .doesNotContainKey("from meta.helm.sh/release-name");
    Entry intended = Entry.intended(Scenery.NOW, "4.1", request);
    assertThat(Progress.of(List.of(intended), Scenery.NOW).owes()).isFalse();
  }

  @Test
  void anotherObjectIsAnotherActAndANewVersionOfItIsNot() {
    Plan confirmed = plan(seen(CoderV1Scene.NOBODYS));
    assertThat(confirmed.covers(plan(seen("resourceVersion", "4712")))).isTrue();
    assertThat(confirmed.covers(plan(seen("uid", "another")))).isFalse();
    assertThat(confirmed.covers(plan(seen(HALF)))).isFalse();
  }

  @Test
  void whoKeepsItIsToldBeforehand() {
    Scenery kept =
        seen(
            "managers",
            List.of(
                new FieldManager(
                    "argocd-controller", "", Scenery.NOW.minus(Duration.ofMinutes(3)))));
    assertThat(String.join("\n", plan(kept).effects()))
        .contains("argocd-controller wrote to it 3m00s ago", "may overwrite each other");
    assertThat(String.join("\n", plan(seen("owners", List.of("Certificate/tls"))).effects()))
        .contains("Certificate/tls owns it");
  }

  @Test
  void whatHoldsDataIsLostWithIt() {
    ObjectName claim = new ObjectName("PersistentVolumeClaim", "coder", "coder");
    String said = CoderV1Scene.NOT_OWNED.replace("ServiceAccount", "PersistentVolumeClaim");
    Plan plan = plan(CoderV1Scene.named(said, claim, CoderV1Scene.NOBODYS));
    assertThat(String.join("\n", plan.effects())).contains("deletes it, and what is in it");
  }

  @Test
  void whatIsNotOursOrNotKnownIsNotProposed() {
    assertThat(proposal(seen(HelmClaim.of("tools", "coder"))).reason())
        .contains("belongs to the release tools", "must not be taken");
    assertThat(proposal(seen(HelmClaim.of("prod", "other"))).reason())
        .contains("the release prod in namespace other");
    assertThat(proposal(seen(CoderV1Scene.OURS)).reason()).contains("says already");
    assertThat(proposal(CoderV1Scene.installed()).reason()).contains("names no object");
    assertThat(proposal(CoderV1Scene.refused(CoderV1Scene.NOT_OWNED)).reason())
        .contains("being looked up");
    assertThat(
            proposal(CoderV1Scene.refused(CoderV1Scene.NOT_OWNED.replace("ServiceAccount", "Job")))
                .reason())
        .contains("a Job is not looked at", "by hand");
    assertThat(
            proposal(seen(CoderV1Scene.NOBODYS).releases(Observed.unknown("may not", Scenery.NOW)))
                .reason())
        .contains("which Helm release this is, is not known: may not");
  }

  @Test
  void whatWasReadTooLongAgoIsNotActedUpon() {
    NamedObject object = CoderV1Scene.object(CoderV1Scene.ACCOUNT, CoderV1Scene.NOBODYS);
    Scenery old =
        seen(CoderV1Scene.NOBODYS)
            .cluster("named", Observed.known(object, Scenery.NOW.minusSeconds(40)));
    assertThat(proposal(old).reason()).contains("read too long ago");
    assertThat(proposal(old.unread()).reason()).contains("cluster cannot be read");
  }
}
