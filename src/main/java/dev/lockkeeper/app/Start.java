package dev.lockkeeper.app;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.JournalFormat;
import dev.lockkeeper.cli.Launcher;
import dev.lockkeeper.cli.Outlet;
import dev.lockkeeper.cli.OutputFormat;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.files.Runbooks;
import dev.lockkeeper.files.Runs;
import dev.lockkeeper.files.Storage;
import dev.lockkeeper.live.Displays;
import dev.lockkeeper.live.PracticeWorld;
import dev.lockkeeper.live.Reasons;
import dev.lockkeeper.live.Session;
import dev.lockkeeper.live.StderrLines;
import dev.lockkeeper.live.Watch;
import dev.lockkeeper.parsing.Malformed;
import dev.lockkeeper.report.ChainReport;
import dev.lockkeeper.report.JournalAnchorRef;
import dev.lockkeeper.report.PreflightReport;
import dev.lockkeeper.report.RunsReport;
import dev.lockkeeper.view.Shown;
import dev.lockkeeper.worlds.WorldClient;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Starts what the command line asks for. */
public final class Start implements Launcher {
  /** What a practice is about unless its scenario says otherwise. */
  static final String UPGRADE = "coder-upgrade";

  /** A training is over soon. */
  private static final double TRAINING_PACE = 10;

  /** Narrow enough for any terminal. */
  private static final int WRAPPED = 80;

  private final Map<String, String> environment;
  private final Outlet out;
  private final Outlet err;
  private final Storage storage;
  private final Preload preload;

  /** Without a word about disks: its journals lie on that of this machine. */
  Start(Map<String, String> environment, OutputStream out, OutputStream err) {
    this(environment, Outlet.on(out), Outlet.on(err), Storage.ofThisMachine());
  }

  /** The same with its journals on another disk. */
  public Start(Map<String, String> environment, Outlet out, Outlet err, Storage storage) {
    this(environment, out, err, storage, Preload.nothing());
  }

  /**
   * The same, of which a part is being loaded.
   *
   * @param preload what was begun beside the reading of the command line
   */
  public Start(
      Map<String, String> environment, Outlet out, Outlet err, Storage storage, Preload preload) {
    this.preload = preload;
    this.environment = environment;
    this.out = out;
    this.err = err;
    this.storage = storage;
  }

  @Override
  public ExitCode walk(Target target, String runbook, Optional<String> version) throws Failure {
    preload.await();
    Optional<String> wanted = Optional.empty();
    if (version.isPresent()) {
      wanted = Optional.of(ReleaseAnswers.version("--to", version.get()).toString());
    }
    return newRun()
        .begin(runs(), target, found(runbook, ExitCode.USAGE), wanted, Session.Place.OWN);
  }

  @Override
  public ExitCode runbooks(RunbookQuestion asked, OutputFormat format) throws Failure {
    return new RunbookAnswers(new ReportPrinter(environment, out), out).answer(asked, format);
  }

  @Override
  public ExitCode watch(Target target) throws Failure {
    preload.await();
    return new Watch(environment, target).run();
  }

  @Override
  public ExitCode check(Target target, Preflight asked, OutputFormat format) throws Failure {
    NewRun.requireHelm(target);
    PreflightReport report = new Preview(environment, target, err).of(asked);
    new ReportPrinter(environment, out).print(report, format);
    return switch (report.answer()) {
      case PASS -> ExitCode.OK;
      case FAIL -> ExitCode.NO;
      case UNKNOWN -> ExitCode.UNKNOWN;
    };
  }

  @Override
  public ExitCode releases(Releases asked, OutputFormat format) throws Failure {
    new ReportPrinter(environment, out)
        .print(ReleaseAnswers.of(asked, KnowledgeFile.load()), format);
    return ExitCode.OK;
  }

  @Override
  public ExitCode practice(Practice practice) throws Failure {
    if (practice.list()) {
      PracticeWorld.list(out);
      return ExitCode.OK;
    }
    PracticeWorld.require(practice.scenario());
    if (practice.serve()) {
      return PracticeWorld.start(practice, out, err).serve();
    }
    Displays.require(environment);
    preload.await();
    PracticeRun run = new PracticeRun(practice, out, err);
    try {
      ExitCode code = run.walk(environment, storage, newRun().own());
      // A world that was left is of no more use; one whose terminal has gone waits for resume.
      if (code == ExitCode.OK) {
        run.leave();
      }
      return code;
    } catch (Failure e) {
      // Its wizard never came up, so nobody will come back to it.
      run.leave();
      throw e;
    }
  }

  /** A world that was left is of no more use; one whose terminal has gone waits for resume. */
  private static ExitCode ended(PracticeWorld world, ExitCode code) throws Failure {
    if (code == ExitCode.OK) {
      world.leave();
    }
    return code;
  }

  @Override
  public ExitCode resume(
      Optional<String> run, Optional<String> context, Optional<String> databaseUrl) throws Failure {
    preload.await();
    Journals journals = journals();
    Optional<Path> journal =
        run.isPresent() ? named(journals, run.get(), context) : only(journals, context);
    Path found =
        journal.orElseThrow(
            () ->
                new Failure(
                    ExitCode.JOURNAL,
                    "there is no %s to resume below %s"
                        .formatted(
                            run.map(name -> "run '" + name + "'").orElse("unfinished run")
                                + context.map(name -> " of context " + name).orElse(""),
                            runs().folder())));
    Optional<WorldClient> world = journals.world(found);
    return world.isPresent()
        ? resumePractice(PracticeWorld.attach(world.get(), out, err), found)
        : resumption().run(found, data -> RunTarget.of(data, databaseUrl), Session.Place.OWN);
  }

  /** Who names a run and a context means one of both. */
  private static Optional<Path> named(Journals journals, String run, Optional<String> context)
      throws Failure {
    Optional<Path> found = journals.named(run);
    boolean elsewhere =
        found.isPresent()
            && context.isPresent()
            && journals.list(context).runs().stream().noneMatch(each -> each.name().equals(run));
    if (elsewhere) {
      throw new Failure(
          ExitCode.USAGE,
          "run '%s' is of another context than %s: leave --context out"
              .formatted(run, context.get()));
    }
    return found;
  }

  /** Which of several is meant is never guessed: the wrong one leads to another deployment. */
  private Optional<Path> only(Journals journals, Optional<String> context) throws Failure {
    RunsReport unfinished = journals.unfinished(context);
    if (unfinished.runs().size() > 1) {
      new StderrLines(environment, err).say(unfinished.lines(WRAPPED));
      err.say("");
      throw new Failure(
          ExitCode.USAGE,
          "%d runs are unfinished%s, say which: lockkeeper resume RUN"
              .formatted(
                  unfinished.runs().size(),
                  unfinished.readable() ? "" : ", or their journals cannot be read"));
    }
    return unfinished.runs().stream().findFirst().map(each -> Path.of(each.journal()));
  }

  private ExitCode resumePractice(PracticeWorld world, Path journal) throws Failure {
    Target there = world.target();
    // Whatever its journal names: a run in a practice world leads nowhere else.
    return ended(
        world,
        resumption()
            .run(
                journal,
                data -> RunTarget.of(data, there.databaseUrl()).by(there.kubeconfig()),
                Session.Place.PRACTICE));
  }

  @Override
  public ExitCode journals(Optional<String> context, OutputFormat format) throws Failure {
    new ReportPrinter(environment, out).print(journals().list(context), format);
    return ExitCode.OK;
  }

  @Override
  public ExitCode journal(Optional<String> run, JournalFormat format) throws Failure {
    ReportPrinter printer = new ReportPrinter(environment, out);
    switch (format) {
      case TABLE -> printer.print(journals().shown(run), OutputFormat.TABLE);
      case JSON -> printer.print(journals().shown(run), OutputFormat.JSON);
      case MARKDOWN -> printer.print(journals().told(run), OutputFormat.TABLE);
    }
    return ExitCode.OK;
  }

  @Override
  public ExitCode verify(
      Optional<String> run, Optional<String> head, boolean lease, OutputFormat format)
      throws Failure {
    Journals journals = journals();
    Journals.Found found = journals.found(run);
    JournalAnchorRef kept =
        head.isPresent()
            ? JournalAnchorRef.given(head.get().toLowerCase(Locale.ROOT))
            : LeaseAnchor.of(journals, found, lease, environment);
    ChainReport report = Journals.verified(found, kept);
    new ReportPrinter(environment, out).print(report, format);
    return switch (report.answer()) {
      case INTACT -> ExitCode.OK;
      case BROKEN -> ExitCode.NO;
      case NOT_ANCHORED, UNCHAINED -> ExitCode.UNKNOWN;
    };
  }

  @Override
  public ExitCode warmUp(boolean walk) throws Failure {
    if (walk) {
      return train();
    }
    try {
      WarmUp.run(environment);
    } catch (IOException e) {
      throw new Failure(ExitCode.INTERNAL, Reasons.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK;
  }

  private ExitCode train() throws Failure {
    PracticeRun run =
        new PracticeRun(new Practice("upgrade", TRAINING_PACE, false, false), out, err);
    try {
      return run.walk(environment, storage, () -> TrainingWalk.over(environment));
    } finally {
      run.leave();
    }
  }

  private NewRun newRun() {
    return new NewRun(environment, err, storage);
  }

  static Runbooks.Found found(String runbook, ExitCode otherwise) throws Failure {
    try {
      return Runbooks.find(runbook);
    } catch (Malformed e) {
      // It quotes the file, which may be anybody's.
      throw new Failure(otherwise, Shown.of(e.getMessage()).text());
    }
  }

  private Resumption resumption() {
    return new Resumption(environment, err, storage);
  }

  private Runs runs() {
    return Runs.of(environment, Path.of(System.getProperty("user.home", "/")));
  }

  private Journals journals() {
    return new Journals(runs(), PracticeWorld.running());
  }
}
