package dev.lockkeeper.check;

import static dev.lockkeeper.check.Row.row;
import static dev.lockkeeper.check.Verdict.Answer.FAIL;
import static dev.lockkeeper.check.Verdict.Answer.PASS;
import static dev.lockkeeper.check.Verdict.Answer.UNKNOWN;

import dev.lockkeeper.check.deployment.AutoscalersGoOn;
import dev.lockkeeper.check.deployment.GitopsGoesOn;
import dev.lockkeeper.check.deployment.ScalersAreHeld;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Scaler;
import dev.lockkeeper.snapshot.ScalerObject;
import dev.lockkeeper.snapshot.ScalerObject.Type;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.UpgradeWorld;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What holds the replica count, and what this run held. */
final class RowsOfTheScalers {
  private static final String FREE = "{\"minReplicas\":3,\"maxReplicas\":6}";
  private static final String SYNC = "{\"automated\":{\"selfHeal\":true}}";

  private RowsOfTheScalers() {}

  static List<Row> all() {
    Check held = new ScalersAreHeld();
    Scaler told = new Scaler("Argo CD", "coder", "annotation");
    return Stream.of(
            List.of(
                row(held, "nothing acts", seeing(), PASS, "nothing else changes"),
                row(held, "one can be held", seeing(hpa(FREE)), FAIL, "coder"),
                row(held, "one is held", seeing(hpa(Type.AUTOSCALER.held())), PASS, "nothing"),
                row(
                    held,
                    "one cannot be paused from here",
                    seeing(told),
                    PASS,
                    "not paused from here"),
                row(held, "we may not look", blind(), UNKNOWN, "may not")),
            released(new AutoscalersGoOn(), "scaler:hpa:coder/coder", FREE),
            released(new GitopsGoesOn(), "scaler:application:coder/coder", SYNC))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Row> released(Check check, String word, String before) {
    boolean hpa = before.equals(FREE);
    Scaler free = hpa ? hpa(FREE) : application(SYNC);
    Scaler still = hpa ? hpa(Type.AUTOSCALER.held()) : application(Type.APPLICATION.held());
    return List.of(
        row(check, "this run held none", seeing(still), PASS, "none"),
        row(check, "it is as before", seeing(free).recalls(word, before), PASS, "as before"),
        row(check, "it is still held", seeing(still).recalls(word, before), FAIL, "still paused"),
        row(check, "it is gone", seeing().recalls(word, before), UNKNOWN, "not seen any more"),
        row(check, "we may not look", blind().recalls(word, before), UNKNOWN, "may not"));
  }

  private static Scaler hpa(String setting) {
    return scaler(Scaler.HORIZONTAL, Type.AUTOSCALER, setting);
  }

  private static Scaler application(String setting) {
    return scaler("Argo CD", Type.APPLICATION, setting);
  }

  private static Scaler scaler(String kind, Type type, String setting) {
    boolean resting = setting.equals(type.held());
    ScalerObject object =
        new ScalerObject(type, "coder", "coder", "uid", setting, resting, Optional.empty());
    return new Scaler(
        kind, "coder", "seen", Optional.of(object), Optional.empty(), Optional.empty());
  }

  private static Scenery seeing(Scaler... some) {
    return Scenery.of(UpgradeWorld::running)
        .cluster("scalers", Observed.known(List.of(some), Scenery.NOW));
  }

  private static Scenery blind() {
    return Scenery.of(UpgradeWorld::running)
        .cluster("scalers", Observed.unknown("may not list", Scenery.NOW));
  }
}
