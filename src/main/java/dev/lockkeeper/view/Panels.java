package dev.lockkeeper.view;

import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.wizard.ScreenState;
import java.util.List;

/** The live panels by their names. */
final class Panels {
  private Panels() {}

  static Line title(PanelId panel, ScreenState state) {
    Snapshot snapshot = state.snapshot();
    return switch (panel) {
      case PODS -> PodsPanel.title(snapshot.cluster(), snapshot.now());
      case EVENTS -> EventsPanel.title(snapshot.cluster(), snapshot.now());
      case LOCKS -> LocksPanel.title(snapshot.database(), snapshot.now());
      case MIGRATION -> MigrationPanel.title();
      case FINDINGS -> FindingsPanel.title(state);
      case CHECKS -> ChecksPanel.title(state);
      case RUN -> RunPanel.title(state);
    };
  }

  /** How old its facts are. */
  static Line age(PanelId panel, ScreenState state) {
    Snapshot snapshot = state.snapshot();
    return switch (panel) {
      case PODS, EVENTS -> Freshness.age(snapshot.cluster(), snapshot.now());
      case LOCKS, MIGRATION -> Freshness.age(snapshot.database(), snapshot.now());
      case FINDINGS, CHECKS -> FindingsPanel.age(snapshot);
      case RUN -> Line.EMPTY;
    };
  }

  static List<Line> lines(PanelId panel, ScreenState state, int width, int height) {
    Snapshot snapshot = state.snapshot();
    return switch (panel) {
      case PODS -> PodsPanel.lines(snapshot.cluster(), snapshot.now(), width, height);
      case EVENTS -> EventsPanel.lines(snapshot.cluster(), snapshot.now(), width, height);
      case LOCKS ->
          LocksPanel.lines(
              snapshot.database(),
              snapshot.cluster(),
              snapshot.now(),
              UpgradePath.of(snapshot, state.knowledge()).pending(state.knowledge()),
              width,
              height);
      case MIGRATION -> MigrationPanel.lines(snapshot, state.knowledge(), width, height);
      case FINDINGS -> FindingsPanel.lines(state, width, height);
      case CHECKS -> ChecksPanel.lines(state, width, height);
      case RUN -> RunPanel.lines(state, width, height);
    };
  }

  /** The one line of a folded panel. */
  static Line summary(PanelId panel, ScreenState state) {
    Snapshot snapshot = state.snapshot();
    return switch (panel) {
      case PODS -> PodsPanel.summary(snapshot.cluster(), snapshot.now());
      case EVENTS -> EventsPanel.summary(snapshot.cluster(), snapshot.now());
      case LOCKS -> LocksPanel.summary(snapshot.database(), snapshot.now());
      case MIGRATION -> MigrationPanel.summary(snapshot);
      case FINDINGS -> FindingsPanel.title(state);
      case CHECKS -> ChecksPanel.title(state);
      case RUN -> RunPanel.title(state);
    };
  }
}
