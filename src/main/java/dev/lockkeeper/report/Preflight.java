package dev.lockkeeper.report;

import dev.lockkeeper.action.HelmAction;
import dev.lockkeeper.analysis.ReleaseLookup;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Guard;
import dev.lockkeeper.check.Guard.Strength;
import dev.lockkeeper.check.database.ConnectionsAreFree;
import dev.lockkeeper.check.database.MayEndCoderdSessions;
import dev.lockkeeper.check.database.NobodyInTheWay;
import dev.lockkeeper.check.database.PostgresIsSupported;
import dev.lockkeeper.check.database.SeesAllSessions;
import dev.lockkeeper.check.deployment.NobodyEvicts;
import dev.lockkeeper.check.deployment.NodeIsLargeEnough;
import dev.lockkeeper.check.deployment.QuotaLeavesRoom;
import dev.lockkeeper.check.helm.ChartIsThere;
import dev.lockkeeper.check.helm.ChartLeavesTime;
import dev.lockkeeper.check.helm.HelmCanUpgrade;
import dev.lockkeeper.check.helm.HelmIsAtHand;
import dev.lockkeeper.check.helm.HelmIsSettled;
import dev.lockkeeper.check.helm.ImageFollowsChart;
import dev.lockkeeper.check.migration.RewritesAreSmall;
import dev.lockkeeper.check.upgrade.PathIsClear;
import dev.lockkeeper.check.upgrade.TargetIsListed;
import dev.lockkeeper.check.upgrade.TargetIsNewer;
import dev.lockkeeper.check.upgrade.WindowIsOpen;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.snapshot.Right;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Everything that can be asked before an upgrade is begun. */
public final class Preflight {
  /** These have nothing to say while nobody has named a target. */
  private static final List<Check> ABOUT_THE_TARGET =
      List.of(
          new TargetIsNewer(),
          new TargetIsListed(),
          new PathIsClear(),
          new NobodyInTheWay(),
          new RewritesAreSmall(),
          new ChartIsThere(),
          new ChartLeavesTime());

  /** These have nothing to say where there is no helm, which is told and is no failure. */
  private static final List<Check> OF_A_PROGRAM = List.of(new HelmIsAtHand(), new ChartIsThere());

  /** These would only repeat why the release is not known. */
  private static final List<Check> OF_A_RELEASE =
      List.of(new HelmIsSettled(), new ImageFollowsChart(), new ChartLeavesTime());

  /** Below this stands what only one of several ways needs. */
  private static final String BY_HELM = "if the wizard is to run helm upgrade";

  private Preflight() {}

  /**
   * The answers now.
   *
   * @param runbook the upgrade, whose own conditions are asked
   * @param rights what our user may do in the cluster
   */
  public static PreflightReport of(
      Snapshot snapshot, Knowledge knowledge, Runbook runbook, List<Right> rights) {
    List<PreflightReport.Item> items = new ArrayList<>();
    Map<Check, Strength> asked = asked(runbook, snapshot.run().target().isPresent());
    asked.forEach(
        (check, strength) -> items.add(item("upgrade", check, strength, snapshot, knowledge)));
    byHelm(runbook, snapshot)
        .forEach(
            (check, strength) -> {
              if (!asked.containsKey(check)) {
                items.add(item(BY_HELM, check, strength, snapshot, knowledge));
              }
            });
    around()
        .forEach(
            (check, strength) ->
                items.add(item("database and pods", check, strength, snapshot, knowledge)));
    for (Right right : rights) {
      items.add(
          new PreflightReport.Item(
              "rights in the cluster",
              Rights.id(right),
              Rights.question(right),
              Rights.strength(right),
              Rights.verdict(right)));
    }
    return PreflightReport.of(snapshot, knowledge, items);
  }

  private static PreflightReport.Item item(
      String topic, Check check, Strength strength, Snapshot snapshot, Knowledge knowledge) {
    return new PreflightReport.Item(
        topic, check.word(), check.question(), strength, check.evaluate(snapshot, knowledge));
  }

  /**
   * The conditions of the runbook's steps, each once and as strict as its strictest step. What a
   * step brings about is no condition of the beginning, and neither is the hour.
   */
  private static Map<Check, Strength> asked(Runbook runbook, boolean withTarget) {
    Set<Check> left = left(runbook, withTarget);
    // A look at the release belongs to those who run helm.
    left.addAll(OF_A_RELEASE);
    return of(runbook.steps().filter(step -> !runsHelm(step)), left);
  }

  /**
   * What only those steps ask in which helm is run. Of a Deployment that is of no release, and
   * where there is nothing to run, it is told and not asked: there are other ways.
   */
  private static Map<Check, Strength> byHelm(Runbook runbook, Snapshot snapshot) {
    if (!ReleaseLookup.isNoted(snapshot)) {
      return Map.of();
    }
    Set<Check> left = left(runbook, snapshot.run().target().isPresent());
    if (HelmIsAtHand.fresh(snapshot).isEmpty()) {
      left.addAll(OF_A_PROGRAM);
    }
    if (ReleaseLookup.of(snapshot).release().isEmpty()) {
      left.addAll(OF_A_RELEASE);
    }
    return of(runbook.steps().filter(Preflight::runsHelm), left);
  }

  private static boolean runsHelm(Step step) {
    return step.action().filter(HelmAction.class::isInstance).isPresent();
  }

  private static Set<Check> left(Runbook runbook, boolean withTarget) {
    // What helm needs has a row for each thing.
    Set<Check> left = new HashSet<>(List.of(new WindowIsOpen(), new HelmCanUpgrade()));
    left.addAll(around().keySet());
    runbook.steps().map(Step::after).forEach(left::addAll);
    if (!withTarget) {
      left.addAll(ABOUT_THE_TARGET);
    }
    return left;
  }

  private static Map<Check, Strength> of(Stream<Step> steps, Set<Check> left) {
    Map<Check, Strength> asked = new LinkedHashMap<>();
    steps
        .flatMap(step -> step.before().stream())
        .filter(guard -> !left.contains(guard.check()))
        .forEach(guard -> asked.merge(guard.check(), plain(guard), Preflight::stricter));
    return asked;
  }

  /**
   * What is not of one step: it decides how well the whole upgrade can be made. The liveness probe
   * is not in it: each way of the upgrade softens it by a step of its own.
   */
  private static Map<Check, Strength> around() {
    Map<Check, Strength> around = new LinkedHashMap<>();
    around.put(new PostgresIsSupported(), Strength.MUST);
    around.put(new ConnectionsAreFree(), Strength.SHOULD);
    around.put(new QuotaLeavesRoom(), Strength.SHOULD);
    around.put(new NodeIsLargeEnough(), Strength.SHOULD);
    around.put(new NobodyEvicts(), Strength.SHOULD);
    around.put(new SeesAllSessions(), Strength.SHOULD);
    around.put(new MayEndCoderdSessions(), Strength.SHOULD);
    return around;
  }

  /** Typing a figure is a way to waive, which there is not here. */
  private static Strength plain(Guard guard) {
    return switch (guard.strength()) {
      case MUST, MUST_IF_KNOWN -> Strength.MUST;
      case SHOULD, FIGURE -> Strength.SHOULD;
    };
  }

  private static Strength stricter(Strength one, Strength other) {
    return one == Strength.MUST ? one : other;
  }
}
