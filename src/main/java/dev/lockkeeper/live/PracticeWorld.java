package dev.lockkeeper.live;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Launcher;
import dev.lockkeeper.cli.Outlet;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.files.Runs;
import dev.lockkeeper.postgres.DatabaseAddress;
import dev.lockkeeper.postgres.DatabaseException;
import dev.lockkeeper.worlds.Briefing;
import dev.lockkeeper.worlds.PracticeProgram;
import dev.lockkeeper.worlds.Scenarios;
import dev.lockkeeper.worlds.WorldClient;
import dev.lockkeeper.worlds.WorldOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * A practice world that this process holds. The wizard enters it by kubeconfig and URL, like any
 * other.
 */
public final class PracticeWorld {
  private final WorldClient world;
  private final Briefing briefing;
  private final Outlet out;
  private final Outlet err;

  private PracticeWorld(WorldClient world, Briefing briefing, Outlet out, Outlet err) {
    this.world = world;
    this.briefing = briefing;
    this.out = out;
    this.err = err;
  }

  /**
   * Makes sure that there is a scenario of this name, before anything else is asked for.
   *
   * @return the name of the runbook that it is meant for; it may not be bundled
   */
  public static String require(String scenario) throws Failure {
    try {
      Scenarios scenarios = PracticeProgram.find().scenarios();
      scenarios.require(scenario);
      return scenarios.runbooks().get(scenario);
    } catch (Scenarios.NoSuchScenario e) {
      throw new Failure(ExitCode.USAGE, e.getMessage(), e.others());
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** What is played in this scenario, in a sentence; empty where it is in no list. */
  public static Optional<String> title(String scenario) {
    try {
      return Optional.ofNullable(PracticeProgram.find().scenarios().titles().get(scenario));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Makes a world and waits until it can be entered; a line that is overwritten tells how far. */
  public static PracticeWorld start(Launcher.Practice practice, Outlet out, Outlet err)
      throws Failure {
    Progress progress = new Progress(err);
    PracticeWorld world = start(practice, out, err, progress::show);
    progress.end();
    return world;
  }

  /**
   * Makes a world and waits until it can be entered.
   *
   * @param progress takes each new line about what is going on
   */
  public static PracticeWorld start(
      Launcher.Practice practice, Outlet out, Outlet err, Consumer<String> progress)
      throws Failure {
    try {
      WorldOptions options =
          WorldOptions.defaults().withScenario(practice.scenario()).withPace(practice.pace());
      WorldClient world = WorldClient.start(WorldClient.newDirectory(), options);
      Thread interrupted = new Thread(world::giveUp, "practice-give-up");
      Runtime.getRuntime().addShutdownHook(interrupted);
      world.awaitReady(progress);
      world.hold();
      Runtime.getRuntime().removeShutdownHook(interrupted);
      return new PracticeWorld(world, world.briefing(), out, err);
    } catch (IOException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(new IOException("interrupted"));
    }
  }

  /** Holds a world that another process made. */
  public static PracticeWorld attach(WorldClient world, Outlet out, Outlet err) throws Failure {
    try {
      world.hold();
      return new PracticeWorld(world, world.briefing(), out, err);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Prints the bundled scenarios, a line each. */
  public static void list(Outlet out) throws Failure {
    try {
      PracticeProgram.find().scenarios().lines().forEach(out::say);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The worlds of this user that are up; none where worlds cannot be kept. */
  public static List<WorldClient> running() {
    try {
      return WorldClient.running();
    } catch (IOException noPlaceForWorlds) {
      // The operator's own runs have nothing to do with it; to practise says what is wrong.
      return List.of();
    }
  }

  /**
   * Whether a cluster and a database are those of one world that this user started and that is up.
   *
   * @param authority by whose word the cluster's API server is believed
   * @param databaseServers where the database is, as hosts with ports
   */
  public static boolean isOne(Optional<String> authority, String databaseServers) {
    try {
      return WorldClient.running().stream()
          .anyMatch(world -> leadsTo(world, authority, databaseServers));
    } catch (IOException unknown) {
      // What cannot be proved to be practice is not.
      return false;
    }
  }

  private static boolean leadsTo(
      WorldClient world, Optional<String> authority, String databaseServers) {
    try {
      return authority.equals(Optional.of(world.authority()))
          && DatabaseAddress.parse(world.databaseUrl()).where().equals(databaseServers);
    } catch (IOException | DatabaseException notThisOne) {
      return false;
    }
  }

  /** Where the runs of a world are kept: inside it, so that nothing of them is left behind. */
  public static Runs runs(WorldClient world) {
    return new Runs(world.directory().resolve("runs"));
  }

  public Runs runs() {
    return runs(world);
  }

  /** The version that the scenario upgrades to. */
  public String goal() {
    return briefing.target();
  }

  /** The name of the runbook that the scenario is meant for; it may not be bundled. */
  public String runbook() {
    return briefing.runbook();
  }

  public Target target() throws Failure {
    try {
      return new Target(
              Optional.of(world.kubeconfig()),
              Optional.empty(),
              Optional.empty(),
              briefing.deployment(),
              Optional.of(world.databaseUrl()),
              false)
          .charts(Optional.of(briefing.charts()));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Ends the world and waits until nothing of it is left. */
  public void leave() throws Failure {
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
  public ExitCode serve() throws Failure {
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(this::leaveQuietly, "practice-leave"));
    Target target = target();
    out.say("export KUBECONFIG=%s".formatted(world.kubeconfig()));
    out.say("export CODER_PG_CONNECTION_URL='%s'".formatted(target.databaseUrl().orElseThrow()));
    // Whatever Helm the reader has: here it leaves alone what they have set up for others.
    briefing.helm().forEach((name, value) -> out.say("export %s=%s".formatted(name, value)));
    if (out.trouble().isPresent()) {
      return ExitCode.OUTPUT;
    }
    err.say("");
    err.say("The practice world is up. In another terminal, after the lines above:");
    err.say("  kubectl get pods -w");
    err.say("  psql \"$CODER_PG_CONNECTION_URL\"");
    err.say("  helm history coder");
    err.say(
        "  lockkeeper upgrade --to %s --deployment %s --helm-repository %s"
            .formatted(goal(), briefing.deployment(), briefing.charts()));
    err.say("Ctrl-C ends it and leaves nothing behind.");
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
  private record Progress(Outlet err) {
    private static boolean watched() {
      return System.console() != null;
    }

    void show(String line) {
      if (!watched()) {
        return;
      }
      err.passing("practice: %s ...".formatted(line));
    }

    void end() {
      if (!watched()) {
        return;
      }
      err.passed();
    }
  }
}
