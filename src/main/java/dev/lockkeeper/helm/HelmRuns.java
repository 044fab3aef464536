package dev.lockkeeper.helm;

import dev.lockkeeper.action.HelmOperations;
import dev.lockkeeper.action.HelmRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.RepositoryRequest;
import dev.lockkeeper.action.ValuesRequest;
import dev.lockkeeper.snapshot.HelmRun;
import dev.lockkeeper.snapshot.Sha256;
import dev.lockkeeper.trust.Trusted;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Starts helm in a session of its own, so that neither a dropped connection nor the end of this
 * program ends it: a helm that dies half-way leaves a release that nobody can upgrade any more.
 */
public final class HelmRuns implements HelmOperations {

  private static final Duration BEGINNING = Duration.ofSeconds(10);

  /** How long a run is waited for; one that takes longer is followed. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int SAID = 12;
  private static final Duration LOOK = Duration.ofMillis(100);

  /** The keeper only waits. */
  private static final String HEAP = "-Xmx16m";

  private final HelmConfig desk;
  private final HelmReadCommands asked;
  private final String path;
  private final Optional<Path> setsid;
  private final Optional<Path> nohup;

  /**
   * @param path the environment variable PATH, in which setsid and nohup are looked for
   */
  public HelmRuns(HelmConfig desk, String path) {
    this(desk, path, HelmReadCommands.RENDERING);
  }

  HelmRuns(HelmConfig desk, String path, Duration rendering) {
    this.desk = desk;
    this.asked = new HelmReadCommands(desk, rendering);
    this.path = path;
    this.setsid = Trusted.inPath(path, "setsid");
    this.nohup = Trusted.inPath(path, "nohup");
  }

  @Override
  public Outcome run(HelmRequest request) {
    if (desk.program().isEmpty()) {
      return Outcome.refused(
          Trusted.passedOver(path, "helm")
              .map(
                  why ->
                      "no helm in PATH may be run (%s): run it yourself elsewhere".formatted(why))
              .orElse(HelmConfig.NONE));
    }
    if (setsid.isEmpty()) {
      return Outcome.refused(
          "there is no setsid in PATH%s, so helm would die with this session: run the command yourself"
              .formatted(
                  Trusted.passedOver(path, "setsid")
                      .map(why -> " that may be run (" + why + ")")
                      .orElse("")));
    }
    try {
      Optional<String> against = asked.against(request.place());
      return against.isPresent() ? Outcome.refused(against.get()) : started(request);
    } catch (IOException e) {
      return Outcome.refused("helm was not started: " + reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.refused("interrupted before helm was started");
    }
  }

  private Outcome started(HelmRequest request) throws IOException, InterruptedException {
    RunFolder folder = RunFolder.next(desk.runs());
    Process process;
    try {
      Optional<String> trouble = prepare(folder, request);
      if (trouble.isPresent()) {
        folder.remove();
        return Outcome.refused(trouble.get());
      }
      process = start(folder);
    } catch (IOException e) {
      folder.remove();
      throw e;
    }
    // From here on something may happen that is not ours to take back.
    try {
      return followed(request, folder, process);
    } catch (IOException e) {
      return Outcome.unknown("helm was started, and then: " + reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.unknown("interrupted while helm runs");
    }
  }

  /** What stands against it: the file that was confirmed may be another one by now. */
  private Optional<String> prepare(RunFolder folder, HelmRequest request) throws IOException {
    folder.makeScratch();
    byte[] values =
        request.file().isPresent()
            ? ValuesFiles.content(Path.of(request.file().get().path()))
            : new byte[0];
    if (request
        .file()
        .filter(given -> !given.sha256().equals(Sha256.of(values).hex()))
        .isPresent()) {
      return Optional.of(request.file().get().path() + " was changed since you confirmed");
    }
    RunFolder.secret(folder.kubeconfig(), desk.kubeconfig().get());
    RunFolder.secret(folder.values(), values);
    RunFolder.secret(folder.output(), "");
    RunFolder.secret(folder.log(), "");
    Map<String, String> note = new TreeMap<>();
    note.put("digest", request.digest());
    if (!request.valuesArguments().isEmpty()) {
      number(
          note,
          HelmSupervisor.VALUES,
          HelmReadCommands.with(request.valuesArguments(), folder),
          folder);
    }
    number(
        note,
        HelmSupervisor.ARGUMENT,
        HelmReadCommands.with(request.arguments(folder.values().toString()), folder),
        folder);
    folder.write(RunFolder.REQUEST, note);
    return Optional.empty();
  }

  private void number(
      Map<String, String> note, String prefix, List<String> words, RunFolder folder) {
    List<String> all = new ArrayList<>(desk.program().orElseThrow().command(folder.scratch()));
    all.addAll(words);
    for (int i = 0; i < all.size(); i++) {
      note.put(prefix + i, all.get(i));
    }
  }

  private Process start(RunFolder folder) throws IOException {
    List<String> words = new ArrayList<>(List.of(setsid.orElseThrow().toString()));
    nohup.ifPresent(path -> words.add(path.toString()));
    words.addAll(HelmProgram.java(HEAP, HelmProgram.FIRST_COMPILER));
    words.addAll(
        List.of(HelmSupervisor.class.getName(), folder.path().toAbsolutePath().toString()));
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.path().toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
            .redirectError(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
    desk.program().orElseThrow().furnish(builder.environment(), folder.scratch());
    return builder.start();
  }

  private Outcome followed(HelmRequest request, RunFolder folder, Process process)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    while (folder.read(RunFolder.STARTED).isEmpty()) {
      if (!process.isAlive() && folder.read(RunFolder.STARTED).isEmpty()) {
        return Outcome.refused("helm's supervisor ended before it began: see " + folder.log());
      }
      if (past(begun, BEGINNING)) {
        return Outcome.unknown("helm's supervisor says nothing: see " + folder.log());
      }
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    }
    while (folder.read(RunFolder.ENDED).isEmpty() && process.isAlive()) {
      if (past(begun, PATIENCE)) {
        return Outcome.done("helm runs as run %s, and is followed".formatted(folder.name()));
      }
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    }
    return told(request, folder);
  }

  private static boolean past(long begun, Duration limit) {
    return System.nanoTime() - begun > limit.toNanos();
  }

  /** The last of what helm said goes to the journal with how it ended. */
  private Outcome told(HelmRequest request, RunFolder folder)
      throws IOException, InterruptedException {
    List<String> said = folder.tail();
    return ended(request, folder).with(said.subList(Math.max(0, said.size() - SAID), said.size()));
  }

  /** A helm that made no revision has changed nothing; after one that did, the release tells. */
  private Outcome ended(HelmRequest request, RunFolder folder)
      throws IOException, InterruptedException {
    if (HelmSource.run(folder).state() == HelmRun.State.RUNNING) {
      return Outcome.done(
          "helm runs as run %s, without its supervisor, and is followed".formatted(folder.name()));
    }
    Optional<Properties> end = folder.read(RunFolder.ENDED);
    String status = end.map(note -> note.getProperty("status", "")).orElse("");
    if (status.equals("0")) {
      return Outcome.done("helm succeeded (run %s)".formatted(folder.name()));
    }
    String said = HelmQuery.trouble(folder.tail());
    if (end.filter(note -> note.getProperty("stage", "").equals("values")).isPresent()) {
      // Nothing was begun that anybody could come back to.
      folder.remove();
      return Outcome.refused("the values could not be read: " + said);
    }
    HelmReadCommands.Newest newest = asked.newest(request.place());
    // Nobody saw the end of one that left no status: its keeper may be gone, and it may not.
    if (!status.isEmpty()
        && request.recordsBeforeItActs()
        && newest.revision().filter(each -> each == request.place().revision()).isPresent()) {
      return Outcome.refused("helm made no new revision: " + said);
    }
    return Outcome.unknown(
        "helm %s (run %s): %s"
            .formatted(
                status.isEmpty() ? "is gone without an exit status" : "ended with status " + status,
                folder.name(),
                said));
  }

  @Override
  public Rehearsal rehearse(HelmRequest request) {
    return asked.rehearse(request);
  }

  @Override
  public Outcome add(RepositoryRequest request) {
    return asked.add(request);
  }

  @Override
  public Outcome saveValues(ValuesRequest request) {
    return asked.saveValues(request);
  }

  static String reason(IOException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
