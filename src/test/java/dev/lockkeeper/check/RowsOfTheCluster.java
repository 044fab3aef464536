package dev.lockkeeper.check;

import static dev.lockkeeper.check.Row.NOW;
import static dev.lockkeeper.check.Row.drained;
import static dev.lockkeeper.check.Row.old;
import static dev.lockkeeper.check.Row.row;
import static dev.lockkeeper.check.Row.running;
import static dev.lockkeeper.check.Row.upgraded;
import static dev.lockkeeper.check.Verdict.Answer.FAIL;
import static dev.lockkeeper.check.Verdict.Answer.PASS;
import static dev.lockkeeper.check.Verdict.Answer.UNKNOWN;

import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Scaler;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.Served;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.UpgradeWorld;
import java.util.List;
import java.util.Optional;

/** What the Kubernetes API shows. */
final class RowsOfTheCluster {
  private RowsOfTheCluster() {}

  static List<Row> all() {
    Check chosen = new ScaledAsChosen();
    Check image = new ImageIsTarget();
    Check migrates = new WillMigrate();
    Check scales = new NothingScalesBack();
    Check served = new TargetIsServed();
    Check back = new ReplicasAreBack();
    Check agree = new VersionsAgree();
    Check resumed = new ScalersAreBack();
    Scaler hpa = new Scaler("HorizontalPodAutoscaler", "coder", "min 3");
    return List.of(
        row(chosen, "zero is wanted and chosen", drained(), PASS, "wants 0, chosen 0"),
        row(chosen, "three are wanted", running().chose("scale-to", "zero"), FAIL, "wants 3"),
        row(chosen, "one was chosen", drained().chose("scale-to", "one"), FAIL, "chosen 1"),
        row(chosen, "nothing was chosen", running(), UNKNOWN, "chosen"),
        row(chosen, "nonsense was chosen", drained().chose("scale-to", "two"), UNKNOWN, "chosen"),
        row(image, "it does", Scenery.of(UpgradeWorld::renamed), PASS, "v2.29.3"),
        row(image, "it names the old one", running(), FAIL, "v2.26.6"),
        row(image, "it names none", running().deployment("image", "coder:latest"), FAIL, "latest"),
        row(image, "there is no target", running().wantsNothing(), UNKNOWN, "target"),
        row(migrates, "one is wanted", Scenery.of(UpgradeWorld::migrating), PASS, "1 replica"),
        row(migrates, "none is wanted", drained(), FAIL, "0 replicas"),
        row(
            migrates,
            "there is none",
            drained().cluster("deployment", Optional.empty()),
            UNKNOWN,
            ""),
        row(scales, "nothing does", running(), PASS, "no HPA"),
        row(scales, "an HPA does", running().cluster("scalers", scalers(hpa)), FAIL, "min 3"),
        row(
            scales,
            "we may not look",
            running().cluster("scalers", Observed.unknown("may not list", NOW)),
            UNKNOWN,
            "may not"),
        row(
            scales,
            "nobody has looked for long",
            running().cluster("scalers", old(List.of())),
            UNKNOWN,
            "long ago"),
        row(resumed, "none was paused", running(), PASS, "none was seen"),
        row(resumed, "one was, and is", paused().cluster("scalers", scalers()), FAIL, "min 3"),
        row(
            resumed,
            "one was, and is not",
            paused().cluster("scalers", scalers(hpa)),
            PASS,
            "back"),
        row(
            resumed,
            "one was, and we may not look",
            paused().cluster("scalers", Observed.unknown("may not list", NOW)),
            UNKNOWN,
            "may not"),
        row(
            resumed,
            "one was, and nobody has looked for long",
            paused().cluster("scalers", old(List.of(hpa))),
            UNKNOWN,
            "long ago"),
        row(served, "all do", upgraded(), PASS, "3 pods Ready, healthy"),
        row(served, "old ones are Ready", running(), FAIL, "v2.26.6"),
        row(served, "none is Ready", Scenery.of(UpgradeWorld::migrating), FAIL, "no pod is Ready"),
        row(
            served,
            "one is not healthy",
            serving(false, Observed.known("v2.29.3+1", NOW)),
            FAIL,
            "not healthy"),
        row(
            served,
            "one does not say",
            serving(true, Observed.unknown("refused", NOW)),
            UNKNOWN,
            "refused"),
        row(served, "one said it long ago", serving(true, old("v2.29.3")), UNKNOWN, "long ago"),
        row(served, "one was not asked", upgraded().cluster("served", List.of()), UNKNOWN, "yet"),
        row(back, "they are", upgraded(), PASS, "3 Ready, wants 3, before 3"),
        row(back, "one is", Scenery.of(now -> UpgradeWorld.upgraded(now, 1)), FAIL, "1 Ready"),
        row(back, "their number is not known", upgraded().recallsNothing(), UNKNOWN, "before"),
        row(agree, "they do", running(), PASS, "served v2.26.6, schema 362"),
        row(
            agree,
            "the image is another",
            running().deployment("image", "coder:v2.29.3"),
            FAIL,
            "401"),
        row(agree, "nobody serves", running().cluster("served", List.of()), UNKNOWN, "buildinfo"),
        row(
            agree,
            "the table is locked",
            running().database("schema", SchemaTable.locked("public", Optional.empty())),
            UNKNOWN,
            ""));
  }

  /** The one pod of the new version, answering so. */
  private static Scenery serving(boolean healthy, Observed<String> version) {
    Pod pod = UpgradeWorld.upgraded(NOW, 1).cluster().pods().get(0);
    return Scenery.of(now -> UpgradeWorld.upgraded(now, 1))
        .cluster("served", List.of(new Served(pod.name(), healthy, version)));
  }

  private static Scenery paused() {
    return running().recalls(RunFacts.SCALERS_PAUSED, "HorizontalPodAutoscaler coder (min 3)");
  }

  private static Observed<List<Scaler>> scalers(Scaler... some) {
    return Observed.known(List.of(some), NOW);
  }
}
