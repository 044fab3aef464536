package dev.lockkeeper.wizard;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** What every screen shows, whether it walks a runbook or only looks. */
public interface ScreenState {
  /** What is true. */
  Snapshot snapshot();

  /** What is known of Coder. */
  Knowledge knowledge();

  /** Which world this is; it decides the banner. */
  Setting.World world();

  /** The walk through a runbook, if this is one. */
  Optional<State> walked();
}
