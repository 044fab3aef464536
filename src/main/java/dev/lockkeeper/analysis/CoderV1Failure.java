package dev.lockkeeper.analysis;

import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.HelmRun;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why Helm could not upgrade a Coder v1, read off its own words: those that it said when it was
 * asked to judge, those of a run of this program, or those that it noted about the revision that
 * failed.
 *
 * @param kind what it is
 * @param text Helm's words, raw
 */
public record CoderV1Failure(Kind kind, String text) {
  /** What is recognised. */
  enum Kind {
    IMMUTABLE,
    OWNERSHIP,
    OTHER
  }

  private static final Pattern IMMUTABLE =
      Pattern.compile("(?is).*(field is immutable|failed to replace object).*");
  private static final Pattern OWNERSHIP =
      Pattern.compile("(?is).*(invalid ownership metadata|cannot be imported).*");

  /** Under this word the operator says what Helm said in another terminal. */
  private static final String SAID = "helm-said";

  /** What people say when nothing is wrong is no failure. */
  private static final Pattern WRONG =
      Pattern.compile("(?is).*(error|fail|immutable|ownership|import).*");

  static Optional<CoderV1Failure> of(Snapshot snapshot) {
    Optional<HelmRun> run = ReleaseLookup.run(snapshot);
    if (run.filter(each -> each.state() == HelmRun.State.RUNNING).isPresent()) {
      return Optional.empty();
    }
    Optional<String> said =
        run.filter(each -> each.state() == HelmRun.State.ENDED && !each.succeeded())
            .map(each -> String.join("\n", each.lines()));
    Optional<String> noted =
        ReleaseLookup.of(snapshot)
            .release()
            .filter(each -> each.status().equals("failed"))
            .map(each -> each.info().description());
    return snapshot
        .run()
        .helmRefused()
        .or(() -> said)
        .or(() -> typed(snapshot))
        .or(() -> noted)
        .map(text -> new CoderV1Failure(kind(text), text));
  }

  private static Kind kind(String text) {
    if (OWNERSHIP.matcher(text).matches()) {
      return Kind.OWNERSHIP;
    }
    return IMMUTABLE.matcher(text).matches() ? Kind.IMMUTABLE : Kind.OTHER;
  }

  /** How it stands, and what helps (C58, C59). */
  public static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    List<String> lines = new ArrayList<>();
    ReleaseLookup sight = ReleaseLookup.of(snapshot);
    lines.add(
        sight
            .release()
            .map(each -> "release " + ReleaseLookup.spoken(each))
            .orElse("release unknown: " + sight.reason()));
    ReleaseLookup.run(snapshot).ifPresent(run -> lines.add(ReleaseLookup.spoken(run, snapshot)));
    if (snapshot.run().helmRefused().isPresent()) {
      lines.add("helm was asked beforehand and would refuse: nothing was changed");
    }
    CoderV1Place.deployment(snapshot)
        .ifPresent(
            seen ->
                lines.add(
                    "%s: %s, wants %d, %d Ready, %d new"
                        .formatted(
                            seen.name(),
                            seen.image(),
                            seen.replicas(),
                            seen.status().readyReplicas(),
                            seen.status().updatedReplicas())));
    Optional<CoderV1Failure> failure = of(snapshot);
    failure.ifPresent(
        each -> {
          lines.add("");
          each.text.lines().forEach(line -> lines.add("| " + line));
          lines.add("");
          lines.add(each.meaning());
        });
    return lines;
  }

  private String meaning() {
    return switch (kind) {
      case IMMUTABLE ->
          "A field that Kubernetes never changes. The cause is --force, which replaces objects as a"
              + " whole: the same upgrade without --force mostly works.";
      case OWNERSHIP ->
          "Helm does not take over an object that somebody else made, and changed nothing. Handing"
              + " it over to Helm helps; uninstalling is not needed.";
      case OTHER -> "This program does not know this failure.";
    };
  }

  /** What helm said elsewhere, until the target is there all the same. */
  private static Optional<String> typed(Snapshot snapshot) {
    return snapshot
        .run()
        .said(SAID)
        .map(RunFacts.Attested::value)
        .filter(text -> WRONG.matcher(text).matches() && !deployed(snapshot));
  }

  private static boolean deployed(Snapshot snapshot) {
    return ReleaseLookup.of(snapshot)
        .release()
        .filter(HelmRelease::deployed)
        .map(each -> each.chart().version())
        .flatMap(CoderVersion::parse)
        .filter(version -> CoderV1Path.of(snapshot).target().equals(Optional.of(version)))
        .isPresent();
  }
}
