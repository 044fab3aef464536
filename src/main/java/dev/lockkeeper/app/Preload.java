package dev.lockkeeper.app;

import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.config.ClusterOptions;
import dev.lockkeeper.snapshot.Policy;
import dev.lockkeeper.view.Screens;
import dev.lockkeeper.wizard.Setting;
import dev.lockkeeper.wizard.State;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads on other processors what the first frame is going to need, while the command line is read
 * on this one.
 */
public final class Preload {
  private final List<Thread> threads;

  private Preload(List<Thread> threads) {
    this.threads = List.copyOf(threads);
  }

  /** Nothing is loaded ahead. */
  public static Preload nothing() {
    return new Preload(List.of());
  }

  /** Begins, and comes back at once. */
  public static Preload begin(Map<String, String> environment) {
    return new Preload(
        List.of(
            aside("preload-picture", Preload::picture),
            aside("preload-kubeconfig", () -> place(environment))));
  }

  /**
   * Does what nobody waits for beside the command line. Where the machine gives out meanwhile, the
   * main thread will be told so as well, and says it.
   */
  public static Thread aside(String name, Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (Error scarce) {
                // Said above.
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /**
   * Waits until all is loaded. Classes that refer to each other must not be loaded by two threads
   * at once: each could wait for the other.
   */
  void await() {
    try {
      for (Thread each : threads) {
        each.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A walk as it looks before anything was seen. */
  static void picture() {
    Instant now = SteadyClock.now();
    State state =
        State.starting(
            new Setting("none", Setting.World.ORDINARY, ZoneOffset.UTC, Policy.NONE, true),
            RunbookFile.bundled("coder-upgrade"),
            KnowledgeFile.load(),
            Progress.none(now),
            now);
    Screens.render(state, 120, 40);
    Screens.render(state, 80, 24);
  }

  private static void place(Map<String, String> environment) {
    ClusterConnection.place(
        new ClusterOptions(Optional.empty(), Optional.empty(), Optional.empty(), "none"),
        environment);
  }
}
