package dev.lockkeeper;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Launcher;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.files.Runs;
import dev.lockkeeper.practice.Scenario;
import dev.lockkeeper.practice.WorldClient;
import dev.lockkeeper.practice.WorldOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A practice world that this process holds. The wizard enters it by kubeconfig and URL, like any
 * other.
 */
final class PracticeWorld {
  private final WorldClient world;
  private final Scenario scenario;
  private final PrintStream out;
  private final PrintStream err;

  private PracticeWorld(WorldClient world, Scenario scenario, PrintStream out, PrintStream err) {
    this.world = world;
    this.scenario = scenario;
    this.out = out;
    this.err = err;
  }

  /** Makes sure that there is a scenario of this name, before anything else is asked for. */
  static void require(String scenario) throws Failure {
    try {
      Scenario.named(scenario);
    } catch (Scenario.NoSuchScenario e) {
      throw new Failure(ExitCode.USAGE, e.getMessage());
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Makes a world and waits until it can be entered. */
  static PracticeWorld start(Launcher.Practice practice, PrintStream out, PrintStream err)
      throws Failure {
    try {
      Scenario scenario = Scenario.named(practice.scenario());
      WorldOptions options =
          WorldOptions.defaults().withScenario(practice.scenario()).withPace(practice.pace());
      WorldClient world = WorldClient.start(WorldClient.newDirectory(), options);
      Thread interrupted = new Thread(world::giveUp, "practice-give-up");
      Runtime.getRuntime().addShutdownHook(interrupted);
      Progress progress = new Progress(err);
      world.awaitReady(progress::show);
      progress.end();
      world.hold();
      Runtime.getRuntime().removeShutdownHook(interrupted);
      return new PracticeWorld(world, scenario, out, err);
    } catch (IOException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(new IOException("interrupted"));
    }
  }

  /** Holds a world that another process made. */
  static PracticeWorld attach(WorldClient world, PrintStream out, PrintStream err) throws Failure {
    try {
      world.hold();
      return new PracticeWorld(world, world.scenario(), out, err);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Prints the bundled scenarios, a line each. */
  static void list(PrintStream out) throws Failure {
    try {
      Scenario.titles().forEach(line -> out.println(line.stripLeading()));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The worlds of this user that are up. */
  static List<WorldClient> running() throws Failure {
    try {
      return WorldClient.running();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Where the runs of a world are kept: inside it, so that nothing of them is left behind. */
  static Runs runs(WorldClient world) {
    return new Runs(world.directory().resolve("runs"));
  }

  Runs runs() {
    return runs(world);
  }

  /** The version that the scenario upgrades to. */
  String goal() {
    return scenario.target();
  }

  /** The name of the runbook that the scenario is meant for; it may not be bundled. */
  String runbook() {
    return scenario.runbook();
  }

  Target target() throws Failure {
    try {
      return new Target(
              Optional.of(world.kubeconfig()),
              Optional.empty(),
              Optional.empty(),
              scenario.deployment(),
              Optional.of(world.databaseUrl()),
              false)
          .charts(world.helm().url());
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Ends the world and waits until nothing of it is left. */
  void leave() throws Failure {
    try {
      world.leave();
    } catch (IOException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Says how to reach the world, and keeps it up until this process is told to stop. A wizard that
   * comes in by these lines does not hold the world, and so does not end it by leaving.
   */
  ExitCode serve() throws Failure {
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(this::leaveQuietly, "practice-leave"));
    Target target = target();
    out.printf("export KUBECONFIG=%s%n", world.kubeconfig());
    out.printf("export CODER_PG_CONNECTION_URL='%s'%n", target.databaseUrl().orElseThrow());
    // Whatever Helm the reader has: here it leaves alone what they have set up for others.
    world.helm().environment().forEach((name, value) -> out.printf("export %s=%s%n", name, value));
    out.flush();
    err.println();
    err.println("The practice world is up. In another terminal, after the lines above:");
    err.println("  kubectl get pods -w");
    err.println("  psql \"$CODER_PG_CONNECTION_URL\"");
    err.println("  helm history coder");
    err.printf(
        "  lockkeeper upgrade --to %s --deployment %s --helm-repository %s%n",
        goal(), scenario.deployment(), target.helmRepository().orElseThrow());
    err.println("Ctrl-C ends it and leaves nothing behind.");
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK;
  }

  private void leaveQuietly() {
    try {
      leave();
    } catch (Failure gone) {
      // It has ended already, which is all that was wanted.
    }
  }

  private static Failure failure(IOException e) {
    return new Failure(ExitCode.PRACTICE, "the practice world: " + e.getMessage());
  }

  /** One line that is overwritten, so that the wait is seen to be none. */
  private record Progress(PrintStream err) {
    private static boolean watched() {
      return System.console() != null;
    }

    void show(String line) {
      if (!watched()) {
        return;
      }
      err.printf("\r\033[Kpractice: %s ...", line);
      err.flush();
    }

    void end() {
      if (!watched()) {
        return;
      }
      err.print("\r\033[K");
      err.flush();
    }
  }
}
