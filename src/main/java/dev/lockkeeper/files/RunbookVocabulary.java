package dev.lockkeeper.files;

import static java.util.Map.entry;

import dev.lockkeeper.action.Action;
import dev.lockkeeper.action.AddRepository;
import dev.lockkeeper.action.Adopt;
import dev.lockkeeper.action.ChangeImage;
import dev.lockkeeper.action.EditProbe;
import dev.lockkeeper.action.EndBlockers;
import dev.lockkeeper.action.EndOrphans;
import dev.lockkeeper.action.EndRequest;
import dev.lockkeeper.action.EndSessions;
import dev.lockkeeper.action.ForgetRevision;
import dev.lockkeeper.action.HelmUpgrade;
import dev.lockkeeper.action.HoldScaler;
import dev.lockkeeper.action.InstallAgain;
import dev.lockkeeper.action.KeepValues;
import dev.lockkeeper.action.LimitConnections;
import dev.lockkeeper.action.RaiseMemory;
import dev.lockkeeper.action.ReleaseScaler;
import dev.lockkeeper.action.RepairDirty;
import dev.lockkeeper.action.RollBackPrepared;
import dev.lockkeeper.action.RollBackRelease;
import dev.lockkeeper.action.ScaleBack;
import dev.lockkeeper.action.ScaleDown;
import dev.lockkeeper.action.ScaleToZero;
import dev.lockkeeper.action.SetImage;
import dev.lockkeeper.action.TakeLease;
import dev.lockkeeper.action.UninstallRelease;
import dev.lockkeeper.action.UpgradeCoderV1;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Checks;
import dev.lockkeeper.check.Guard;
import dev.lockkeeper.reading.StepInfo;
import dev.lockkeeper.runbook.AnswerFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words that a runbook may use. */
final class RunbookVocabulary {
  static final Map<String, Check> CHECKS =
      Checks.ALL.stream().collect(Collectors.toMap(Check::word, Function.identity()));

  static final Map<String, Action> ACTIONS =
      Map.ofEntries(
          entry("scale-down", new ScaleDown()),
          entry("change-image", new ChangeImage()),
          entry("scale-to-one", new ScaleBack(false)),
          entry("scale-back", new ScaleBack(true)),
          entry("scale-to-zero", new ScaleToZero()),
          entry("end-orphans", new EndOrphans()),
          entry("cancel-blockers", new EndBlockers(EndRequest.Manner.CANCEL)),
          entry("end-blockers", new EndBlockers(EndRequest.Manner.TERMINATE)),
          entry("roll-back-prepared", new RollBackPrepared()),
          entry("fence", new LimitConnections(true)),
          entry("end-coderd-sessions", new EndSessions(false)),
          entry("end-all-sessions", new EndSessions(true)),
          entry("repair-dirty", new RepairDirty()),
          entry("raise-memory", new RaiseMemory()),
          entry("set-image", new SetImage()),
          entry("unfence", new LimitConnections(false)),
          entry("remove-liveness-probe", new EditProbe(EditProbe.Way.REMOVE)),
          entry("soften-liveness-probe", new EditProbe(EditProbe.Way.SOFTEN)),
          entry("hold-scaler", new HoldScaler()),
          entry("release-autoscaler", new ReleaseScaler(false)),
          entry("release-gitops", new ReleaseScaler(true)),
          entry("restore-liveness-probe", new EditProbe(EditProbe.Way.RESTORE)),
          entry("helm-upgrade", new HelmUpgrade(true)),
          entry("helm-values-back", new HelmUpgrade(false)),
          entry("adopt", new Adopt()),
          entry("v1-upgrade", new UpgradeCoderV1()),
          entry("v1-install", new InstallAgain()),
          entry("add-repository", new AddRepository()),
          entry("keep-values", new KeepValues()),
          entry("forget-revision", new ForgetRevision()),
          entry("roll-back-release", new RollBackRelease()),
          entry("uninstall-release", new UninstallRelease()),
          entry("take-lease", new TakeLease()));

  static final Map<String, Guard.Strength> STRENGTHS = byName(Guard.Strength.values());

  static final Map<String, StepInfo> READINGS = byName(StepInfo.values());

  static final Map<String, AnswerFormat> FORMATS = byName(AnswerFormat.values());

  private RunbookVocabulary() {}

  /** {@code PENDING_MIGRATIONS} is written {@code pending-migrations}. */
  private static <E extends Enum<E>> Map<String, E> byName(E[] values) {
    return Arrays.stream(values)
        .collect(
            Collectors.toMap(
                value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                Function.identity()));
  }
}
