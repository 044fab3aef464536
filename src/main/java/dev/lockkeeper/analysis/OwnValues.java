package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.snapshot.ValuesFile;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where the operator's own values for Helm are, and how many replicas they say.
 *
 * @param revision the revision that has them, where no file does
 * @param file the file that has them
 * @param replicas their replica count, or empty where that revision was not read
 * @param trouble why they cannot be had; empty when they can
 */
public record OwnValues(
    int revision, Optional<ValuesFile> file, Optional<Integer> replicas, String trouble) {
  private static OwnValues of(int revision, Optional<Integer> replicas) {
    return new OwnValues(revision, Optional.empty(), replicas, "");
  }

  private static OwnValues of(ValuesFile file) {
    return new OwnValues(0, Optional.of(file), Optional.of(file.values().replicas()), "");
  }

  private static OwnValues none(String trouble) {
    return new OwnValues(0, Optional.empty(), Optional.empty(), trouble);
  }

  /**
   * Where the operator's own values are: in the file that was named or edited; else in the newest
   * revision, unless it says that they were changed for the migration, or did not go through.
   *
   * @param helm what there is on this side
   */
  public static OwnValues of(HelmRelease release, Helm helm, RunFacts run) {
    Optional<ValuesFile> given = helm.given();
    Optional<HelmRelease.Lent> lent = release.lent();
    if (lent.flatMap(HelmRelease.Lent::revision).isPresent()) {
      return of(lent.get().revision().get(), Optional.of(lent.get().replicas()));
    }
    Optional<String> digest = lent.flatMap(HelmRelease.Lent::digest);
    if (digest
        .filter(start -> !given.map(ValuesFile::sha256).orElse("").startsWith(start))
        .isPresent()) {
      return none(elsewhere(release.revision(), digest.get()));
    }
    if (given.isPresent()) {
      return given.get().usable()
          ? of(given.get())
          : none("%s: %s".formatted(given.get().name(), given.get().trouble()));
    }
    return kept(release, run)
        .orElseGet(
            () -> none("no revision of the release %s went through".formatted(release.name())));
  }

  private static String elsewhere(int revision, String digest) {
    return "revision %d was made for the migration from a file with the digest %s..., which is not here: name it with --values"
        .formatted(revision, digest);
  }

  /** Where Helm itself has them. */
  private static Optional<OwnValues> kept(HelmRelease release, RunFacts run) {
    Optional<OwnValues> remembered =
        run.recalled(RunFacts.HELM_REVISION)
            .map(
                text ->
                    of(
                        Integer.parseInt(text),
                        run.recalled(RunFacts.HELM_REPLICAS).map(Integer::valueOf)));
    Optional<HelmRelease.Before> before = release.earlier().before();
    if (release.deployed()) {
      OwnValues here = of(release.revision(), Optional.of(release.values().replicas()));
      return release.copied().isEmpty()
          ? Optional.of(here)
          : remembered
              .or(() -> before.filter(each -> each.lent().isPresent()).map(OwnValues::before))
              .or(() -> Optional.of(here));
    }
    return remembered
        .or(() -> before.map(OwnValues::before))
        .or(() -> release.lastDeployed().map(each -> of(each.number(), Optional.empty())));
  }

  /** An older revision has them, unless it borrowed as well. */
  private static OwnValues before(HelmRelease.Before before) {
    Optional<HelmRelease.Lent> lent = before.lent();
    return lent.isEmpty()
        ? of(before.revision(), Optional.of(before.values().replicas()))
        : lent.get()
            .revision()
            .map(revision -> of(revision, Optional.of(lent.get().replicas())))
            .orElseGet(() -> none(elsewhere(before.revision(), lent.get().digest().orElse(""))));
  }

  /**
   * The operator's own values, as Helm would get them: those of the file that was named or edited,
   * or those of the revision that has them. Empty where that revision was not read.
   */
  public static Optional<HelmRelease.Values> read(HelmRelease release, Snapshot snapshot) {
    Optional<Helm> helm = snapshot.helm().value();
    OwnValues own =
        helm.map(seen -> of(release, seen, snapshot.run()))
            .or(() -> kept(release, snapshot.run()))
            .orElseGet(() -> none("no revision went through"));
    if (own.file().isPresent() || !own.trouble().isEmpty()) {
      return own.file().map(ValuesFile::values);
    }
    if (own.revision() == release.revision()) {
      return Optional.of(release.values());
    }
    return release
        .earlier()
        .before()
        .filter(each -> each.revision() == own.revision())
        .map(HelmRelease.Before::values)
        .or(
            () ->
                helm.flatMap(Helm::values).filter(copyOf(own.revision())).map(ValuesFile::values));
  }

  private static Predicate<ValuesFile> copyOf(int revision) {
    return file -> file.usable() && !file.edited() && file.revision().equals(Optional.of(revision));
  }

  /** What is noted when their replica count gives way to another one. */
  public HelmRelease.Lent lent() {
    int count = replicas.orElse(1);
    return file.map(each -> HelmRelease.Lent.of(each, count))
        .orElseGet(() -> HelmRelease.Lent.of(revision, count));
  }

  /** In a few words: {@code revision 3}, or the file. */
  public String spoken() {
    return file.map(ValuesFile::path).orElse("revision " + revision);
  }
}
