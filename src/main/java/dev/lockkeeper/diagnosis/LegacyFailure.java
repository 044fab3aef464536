package dev.lockkeeper.diagnosis;

import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.HelmRun;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Why Helm could not upgrade a Coder v1, read off its own words: those that it said when it was
 * asked to judge, those of a run of this program, or those that it noted about the revision that
 * failed.
 *
 * @param kind what it is
 * @param text Helm's words, raw
 */
record LegacyFailure(Kind kind, String text) {
  /** What is recognised. */
  enum Kind {
    IMMUTABLE,
    OWNERSHIP,
    OTHER
  }

  private static final Pattern IMMUTABLE = Pattern.compile("(?is).*field is immutable.*");
  private static final Pattern OWNERSHIP =
      Pattern.compile("(?is).*(invalid ownership metadata|cannot be imported into the current).*");

  /** {@code ServiceAccount "coder" in namespace "coder" exists and cannot be imported}. */
  private static final Pattern OBJECT =
      Pattern.compile(
          "([A-Za-z]{1,60}) \"([a-z0-9.:-]{1,253})\" in namespace \"([a-z0-9-]{0,63})\" exists");

  static Optional<LegacyFailure> of(Snapshot snapshot) {
    Optional<HelmRun> run = HelmSight.run(snapshot);
    if (run.filter(each -> each.state() == HelmRun.State.RUNNING).isPresent()) {
      return Optional.empty();
    }
    Optional<String> said =
        run.filter(each -> each.state() == HelmRun.State.ENDED && !each.succeeded())
            .map(each -> String.join("\n", each.lines()));
    Optional<String> noted =
        HelmSight.of(snapshot)
            .release()
            .filter(each -> each.status().equals("failed"))
            .map(HelmRelease::description);
    return snapshot
        .run()
        .helmRefused()
        .or(() -> said)
        .or(() -> noted)
        .map(text -> new LegacyFailure(kind(text), text));
  }

  private static Kind kind(String text) {
    if (OWNERSHIP.matcher(text).matches()) {
      return Kind.OWNERSHIP;
    }
    return IMMUTABLE.matcher(text).matches() ? Kind.IMMUTABLE : Kind.OTHER;
  }

  /** How it stands, and what helps (C58, C59). */
  static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    List<String> lines = new ArrayList<>();
    HelmSight sight = HelmSight.of(snapshot);
    lines.add(
        sight
            .release()
            .map(each -> "release " + HelmSight.spoken(each))
            .orElse("release unknown: " + sight.reason()));
    HelmSight.run(snapshot).ifPresent(run -> lines.add(HelmSight.spoken(run, snapshot)));
    if (snapshot.run().helmRefused().isPresent()) {
      lines.add("helm was asked beforehand and would refuse: nothing was changed");
    }
    LegacyPlace.deployment(snapshot)
        .ifPresent(
            seen ->
                lines.add(
                    "%s: %s, wants %d, %d Ready, %d new"
                        .formatted(
                            seen.name(),
                            seen.image(),
                            seen.replicas(),
                            seen.readyReplicas(),
                            seen.updatedReplicas())));
    Optional<LegacyFailure> failure = of(snapshot);
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
          "A field that Kubernetes never changes. This comes of --force, which replaces objects as a"
              + " whole: the same upgrade without --force mostly passes.";
      case OWNERSHIP ->
          "Helm does not take over an object that somebody else made, and changed nothing. Handing it"
              + " over to Helm helps; uninstalling is not needed.";
      case OTHER -> "This program does not know this failure.";
    };
  }

  /** The commands that hand over the objects that Helm named (C59). */
  static List<String> adoption(Snapshot snapshot, Knowledge knowledge) {
    LegacyCommands here = LegacyCommands.of(snapshot);
    Set<String> objects = new LinkedHashSet<>();
    texts(snapshot)
        .forEach(
            text -> {
              Matcher object = OBJECT.matcher(text);
              while (object.find()) {
                objects.add(object.group(1).toLowerCase(Locale.ROOT) + " " + object.group(2));
              }
            });
    List<String> lines = new ArrayList<>();
    if (objects.isEmpty() && deployed(snapshot)) {
      return List.of("Helm refuses nothing any more.");
    }
    if (objects.isEmpty()) {
      lines.add("Helm's words are not known here: put kind and name from its output in.");
      objects.add("KIND NAME");
    }
    for (String object : objects) {
      lines.add("$ kubectl get %s -n %s -o yaml".formatted(object, here.namespace()));
      lines.add(
          "$ kubectl label %s -n %s app.kubernetes.io/managed-by=Helm --overwrite"
              .formatted(object, here.namespace()));
      lines.add(
          "$ kubectl annotate %s -n %s meta.helm.sh/release-name=%s meta.helm.sh/release-namespace=%s --overwrite"
              .formatted(object, here.namespace(), here.release(), here.namespace()));
    }
    lines.add("");
    lines.add("From then on Helm changes it with the release, and an uninstall deletes it.");
    lines.add("Helm names one object at a time: there may be another one.");
    return lines;
  }

  private static boolean deployed(Snapshot snapshot) {
    return HelmSight.of(snapshot)
        .release()
        .filter(HelmRelease::deployed)
        .map(HelmRelease::chartVersion)
        .flatMap(CoderVersion::parse)
        .filter(version -> LegacyPath.of(snapshot).target().equals(Optional.of(version)))
        .isPresent();
  }

  private static Stream<String> texts(Snapshot snapshot) {
    return of(snapshot).map(LegacyFailure::text).stream();
  }
}
