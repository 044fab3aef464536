package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.HelmClaim;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.NamedObject;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An object that Helm does not take over, because it does not say that it belongs to the release
 * (C59).
 *
 * @param name which, as Helm's own words have it; empty where they are not understood
 * @param wanted what the object would have to say; empty while the release is not known
 * @param seen the object as it was looked up
 * @param reason why it was not, or not lately enough; empty when it was
 */
public record HelmConflict(
    Optional<ObjectName> name,
    Optional<HelmClaim> wanted,
    Optional<NamedObject> seen,
    String reason) {
  /** It is asked for every 3 s; a slow server is waited for. */
  private static final Duration LATELY = Duration.ofSeconds(20);

  private static final String BEGUN = "it is being looked up: wait a moment";

  /** {@code ServiceAccount "coder" in namespace "coder" exists and cannot be imported}. */
  private static final Pattern OBJECT =
      Pattern.compile(
          "([A-Za-z]{1,60}) \"([A-Za-z0-9._:-]{1,253})\" in namespace \"([a-z0-9-]{0,63})\""
              + " exists");

  /** The first object that Helm named; empty when it refuses nothing, or something else. */
  public static Optional<HelmConflict> of(Snapshot snapshot) {
    return CoderV1Failure.of(snapshot)
        .filter(failure -> failure.kind() == CoderV1Failure.Kind.OWNERSHIP)
        .map(failure -> of(name(failure.text()), snapshot));
  }

  /** What has to be looked up for it, where that can be. */
  public static Optional<ObjectName> sought(Snapshot snapshot) {
    return of(snapshot).flatMap(HelmConflict::name).filter(name -> name.known().isPresent());
  }

  private static HelmConflict of(Optional<ObjectName> name, Snapshot snapshot) {
    Optional<HelmClaim> wanted =
        ReleaseLookup.of(snapshot)
            .release()
            .map(release -> HelmClaim.of(release.name(), release.namespace()));
    if (name.isEmpty()) {
      return new HelmConflict(
          name, wanted, Optional.empty(), "Helm's words do not tell which object it is");
    }
    if (name.get().known().isEmpty()) {
      return new HelmConflict(
          name, wanted, Optional.empty(), "a %s is not looked at".formatted(name.get().kind()));
    }
    Observed<NamedObject> looked =
        snapshot
            .cluster()
            .value()
            .map(each -> each.helm().named())
            .filter(each -> each.value().filter(it -> it.name().equals(name.get())).isPresent())
            .or(
                () ->
                    snapshot
                        .cluster()
                        .value()
                        .map(each -> each.helm().named())
                        .filter(HelmConflict::failed))
            .orElseGet(() -> Observed.unknown(BEGUN, snapshot.now()));
    Optional<NamedObject> seen = looked.fresh(snapshot.now(), LATELY);
    String reason = looked.isKnown() ? "it was read too long ago" : looked.reason();
    return new HelmConflict(name, wanted, seen, seen.isPresent() ? "" : reason);
  }

  private static boolean failed(Observed<NamedObject> looked) {
    return looked.value().isEmpty() && !looked.isPending();
  }

  private static Optional<ObjectName> name(String text) {
    Matcher object = OBJECT.matcher(text);
    return object.find()
        ? Optional.of(new ObjectName(object.group(1), object.group(2), object.group(3)))
        : Optional.empty();
  }

  /** Whether it is worth waiting: nobody has tried to look it up yet. */
  public boolean waits() {
    return seen.isEmpty() && reason.equals(BEGUN);
  }

  /** The metadata of the object, if it was looked up and is there. */
  public Optional<NamedObject.Metadata> found() {
    return seen.flatMap(NamedObject::found);
  }

  /** Whether it was looked up and is not there any more. */
  public boolean gone() {
    return seen.filter(each -> each.found().isEmpty()).isPresent();
  }

  /** Whether it says by now that it belongs to the release. */
  public boolean settled() {
    return found()
        .map(NamedObject.Metadata::claim)
        .filter(wanted.stream().toList()::contains)
        .isPresent();
  }

  /** The other release that it says it belongs to, in a few words. */
  public Optional<String> keeper(Snapshot snapshot) {
    return found()
        .map(NamedObject.Metadata::claim)
        .filter(claim -> wanted.filter(claim::contradicts).isPresent())
        .map(claim -> spoken(claim, snapshot));
  }

  private static String spoken(HelmClaim claim, Snapshot snapshot) {
    String release = claim.release().orElse("?");
    String here = snapshot.cluster().value().map(seen -> seen.identity().namespace()).orElse("");
    String where = claim.namespace().orElse(here);
    if (!where.equals(here)) {
      return "the release %s in namespace %s".formatted(release, where);
    }
    Observed<List<HelmRelease>> releases =
        snapshot
            .cluster()
            .value()
            .map(Cluster::releases)
            .orElseGet(() -> Observed.notYet(snapshot.now()));
    if (!releases.isKnown()) {
      return "the release " + release;
    }
    return releases.value().orElseThrow().stream()
        .filter(each -> each.name().equals(release))
        .findFirst()
        .map(
            each ->
                "the release %s (revision %d, %s)"
                    .formatted(release, each.revision(), each.status()))
        .orElse("the release %s (Helm keeps nothing of it here)".formatted(release));
  }
}
