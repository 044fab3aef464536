package dev.lockkeeper.live;

import dev.lockkeeper.action.Action;
import dev.lockkeeper.action.Operations;
import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Outlet;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.files.JournalFile;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.files.Runs;
import dev.lockkeeper.helm.HelmConfig;
import dev.lockkeeper.helm.HelmRuns;
import dev.lockkeeper.journal.Anchor;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.lease.LeaseElector;
import dev.lockkeeper.kubernetes.watch.Inspector;
import dev.lockkeeper.report.ExitSummary;
import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.snapshot.ClusterIdentity;
import dev.lockkeeper.snapshot.Policy;
import dev.lockkeeper.view.Display;
import dev.lockkeeper.wizard.Approach;
import dev.lockkeeper.wizard.Setting;
import dev.lockkeeper.wizard.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One sitting of the wizard at one deployment: takes the display, reaches cluster and database
 * while the walk is on it already, then joins the parts and runs the loop.
 */
public final class Session {
  private final Map<String, String> environment;
  private final Leading leading;
  private final Optional<Target> known;
  private final Runbook runbook;
  private final Place place;
  private final Outlet err;
  private final Seeing seeing;

  /**
   * A sitting.
   *
   * @param runbook what is walked
   * @param place whose run it is
   * @param err takes what is said on a plain terminal
   */
  public Session(
      Map<String, String> environment, Target target, Runbook runbook, Place place, Outlet err) {
    this(
        environment,
        Leading.to(target),
        Optional.of(target),
        runbook,
        place,
        err,
        () -> Displays.open(environment, SteadyClock.ofThisProgram()));
  }

  /**
   * A sitting before another display, or at a target that is made while the display is up.
   *
   * @param known the target, if it is there already
   * @param seeing opens the display
   */
  public Session(
      Map<String, String> environment,
      Leading leading,
      Optional<Target> known,
      Runbook runbook,
      Place place,
      Outlet err,
      Seeing seeing) {
    this.environment = environment;
    this.leading = leading;
    this.known = known;
    this.runbook = runbook;
    this.place = place;
    this.err = err;
    this.seeing = seeing;
  }

  /** Opens what the sitting is seen on. */
  public interface Seeing {
    Display open() throws Failure;
  }

  /** Whose run it is. */
  public enum Place {
    /** The operator's own: it stays. */
    OWN,
    /** One in a practice world that ends when it is left. */
    PRACTICE
  }

  /** Opens the journal, when everything else is known to be there. */
  public interface Opening {
    JournalFile open() throws IOException;
  }

  /** What is written to the journal first, once it is known where this leads. */
  public interface First {
    /**
     * The first entry.
     *
     * @param there where it leads
     * @param installed the version that the Deployment's image names; empty if it names none, or
     *     was not read yet
     */
    Entry at(Instant moment, ClusterIdentity there, Optional<CoderVersion> installed);
  }

  /**
   * Runs until the operator leaves, or the terminal is gone.
   *
   * @param opening opens the journal
   * @param entries what it holds already
   * @param first what is written to it first
   * @return OK if the operator left, TERMINAL if the terminal has gone
   */
  public ExitCode run(Opening opening, List<Entry> entries, First first) throws Failure {
    Displays.require(environment);
    Sitting sitting = sit(opening, entries, first);
    // The terminal is given back by now.
    boolean all = sitting.farewell().unwritten().isEmpty();
    if (place == Place.OWN || sitting.code() != ExitCode.OK || !all) {
      new StderrLines(environment, err).say(sitting.farewell().lines());
    }
    return sitting.code();
  }

  private record Sitting(ExitCode code, ExitSummary farewell) {}

  private Sitting sit(Opening opening, List<Entry> entries, First first) throws Failure {
    boolean readOnly = known.filter(Target::readOnly).isPresent();
    Policies policies = Policies.of(environment, readOnly);
    // Nothing is begun without a display: a run that nobody saw must not be there to resume.
    try (Display display = seeing.open()) {
      Listening listening = Listening.to(display);
      Optional<LiveSources> reached =
          approaching(policies, entries, first).reach(listening, display::show);
      if (reached.isPresent()) {
        try (LiveSources sources = reached.get();
            JournalFile journal = opening.open()) {
          Entry begin = first.at(SteadyClock.now(), sources.place(), sources.installed());
          return walk(
              policies, sources, display, listening, journal, begun(journal, entries, begin));
        }
      }
      throw new Failure(
          listening.isOver() ? ExitCode.TERMINAL : ExitCode.OK,
          "left before cluster and database had been read: nothing was done");
    } catch (IOException e) {
      throw new Failure(
          ExitCode.JOURNAL,
          "the journal cannot be written, so nothing is begun: %s; 'lockkeeper watch' shows the panels without one"
              .formatted(Reasons.of(e)));
    }
  }

  /** The walk as it will look, by what lies on this machine alone. */
  private Approaching<Approach> approaching(Policies policies, List<Entry> entries, First first) {
    Instant now = SteadyClock.now();
    ClusterIdentity there =
        known
            .map(target -> ClusterConnection.place(LiveSources.options(target), environment))
            .orElse(ClusterIdentity.UNKNOWN);
    Policy policy = known.isPresent() ? policies.policy(there.context()) : Policy.NONE;
    Setting.World world = place == Place.PRACTICE ? Setting.World.PRACTICE : Policies.world(policy);
    Setting setting = new Setting("", world, ZoneId.systemDefault(), policy, place == Place.OWN);
    Progress progress = Progress.of(entries, now).with(first.at(now, there, Optional.empty()));
    State picture = State.starting(setting, runbook, KnowledgeFile.load(), progress, now);
    return new Approaching<>(
        environment,
        leading,
        Approach.starting(picture.introduced()),
        new ShownApproach(),
        Approach::showsTheSameAs);
  }

  private Sitting walk(
      Policies policies,
      LiveSources sources,
      Display display,
      Listening listening,
      JournalFile journal,
      Progress progress) {
    Clock clock = SteadyClock.ofThisProgram();
    State first =
        greeted(starting(policies, sources, journal, progress, clock.instant())).introduced();
    String run = Runs.name(journal.path());
    Optional<LeaseElector> seat = seat(policies, sources, run);
    Optional<HelmConfig> desk =
        HelmDesk.of(
            environment, sources.target(), runbook, journal.path(), progress.facts(), sources);
    Inspector inspector = sources.inspector(listening::looked);
    Path folder = journal.path().toAbsolutePath().getParent();
    EventLoop loop =
        new EventLoop(
            first,
            journal,
            doors(policies, sources, desk),
            new Beside(
                sources::seek,
                inspector::read,
                new TakenAway(display, Optional.of(folder)),
                (seen, told) ->
                    new EvidenceDesk(folder, seen, first.knowledge(), sources::evidence, told)),
            head -> seat.ifPresent(each -> each.anchor(new Anchor(run, head).text())),
            clock);
    ExitCode code = ExitCode.TERMINAL;
    HelmWatch helm = HelmWatch.of(desk, loop::observed);
    HostWatch host = HostWatch.of(runbook.does(Action::isOfCoderV1), loop::observed);
    try (inspector;
        loop;
        helm;
        host) {
      listening.hand(loop::take, loop::again, loop::stop);
      sources.observed(loop::observed);
      ClockWatch watch = new ClockWatch(loop::take);
      Runnable turn =
          () -> {
            host.follow(loop.state().snapshot());
            watch.look();
          };
      code = loop.run(display::show, turn) ? ExitCode.OK : ExitCode.TERMINAL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Who owes nothing and has nothing under way leaves the seat to others. Who left in the middle,
    // by whatever way, finds it kept, unless somebody took it after it had expired.
    if (loop.state().atRest()) {
      seat.ifPresent(LeaseElector::release);
    }
    return new Sitting(
        code,
        new ExitSummary(
            first.setting().run(),
            loop.state().progress(),
            journal.path().toString(),
            journal.head(),
            loop.unwritten()));
  }

  private State starting(
      Policies policies, LiveSources sources, JournalFile journal, Progress progress, Instant now) {
    return State.starting(
        new Setting(
            Runs.name(journal.path()),
            policies.world(sources),
            ZoneId.systemDefault(),
            policies.policy(sources),
            place == Place.OWN),
        runbook,
        KnowledgeFile.load(),
        progress,
        now);
  }

  /** Which run it is that goes on was not typed, or may have been mistyped. */
  private static State greeted(State state) {
    boolean resumed =
        state.progress().last().filter(entry -> entry.kind() == Entry.Kind.RESUMED).isPresent();
    return resumed ? state.greeting("going on with the run " + state.setting().run()) : state;
  }

  /** Where nothing may be changed, nothing is there that could. */
  private Optional<Operations> doors(
      Policies policies, LiveSources sources, Optional<HelmConfig> desk) {
    if (policies.policy(sources).readOnly()) {
      return Optional.empty();
    }
    Operations both = new Operations(sources.operations(), sources.databaseOperations());
    String path = environment.getOrDefault("PATH", "");
    return Optional.of(desk.map(there -> both.with(new HelmRuns(there, path))).orElse(both));
  }

  /** Where nothing may be changed, nobody sits down either. */
  private static Optional<LeaseElector> seat(Policies policies, LiveSources sources, String run) {
    return policies.policy(sources).readOnly()
        ? Optional.empty()
        : Optional.of(sources.operator(OperatorName.of(run)));
  }

  private static Progress begun(JournalFile journal, List<Entry> entries, Entry first)
      throws IOException {
    journal.append(first);
    return Progress.of(entries, first.at()).with(first);
  }
}
