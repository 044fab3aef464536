package dev.lockkeeper.story;

import dev.lockkeeper.snapshot.DatabaseRights;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmClaim;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.HelmRelease.Given;
import dev.lockkeeper.snapshot.HelmRepository;
import dev.lockkeeper.snapshot.HelmRun;
import dev.lockkeeper.snapshot.NamedObject;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Moments of the upgrade of a Coder v1 from 1.43.1 to 1.44.3. */
public final class CoderV1Scene {
  public static final String OLD = "1.43.1";
  public static final String NEW = "1.44.3";

  /** What Helm 3 says of an object that is nobody's. */
  public static final String NOT_OWNED =
      "Error: UPGRADE FAILED: rendered manifests contain a resource that already exists. Unable to"
          + " continue with update: ServiceAccount \"coder\" in namespace \"coder\" exists and"
          + " cannot be imported into the current release: invalid ownership metadata; label"
          + " validation error: missing key \"app.kubernetes.io/managed-by\": must be set to"
          + " \"Helm\"";

  /** What Helm 3 notes when it was told to replace a Service. */
  public static final String IMMUTABLE =
      "Upgrade \"prod\" failed: failed to replace object: Service \"cemanager\" is invalid:"
          + " spec.clusterIP: Invalid value: \"\": field is immutable";

  private CoderV1Scene() {}

  /** The old version serves, and all is ready for the upgrade. */
  public static Scenery installed() {
    return at(OLD).release(revision(3, "deployed", OLD)).helm(helm());
  }

  /** The new version serves, and Helm's run has ended. */
  public static Scenery upgraded() {
    return at(NEW).release(revision(4, "deployed", NEW)).helm(helm(ended(0, "done")));
  }

  /** The old version serves, and Helm has said no. */
  public static Scenery refused(String... lines) {
    return installed().helm(helm(ended(1, lines)));
  }

  /** What Helm 3 says of the next one. */
  public static final String NOT_OWNED_EITHER = NOT_OWNED.replace("ServiceAccount", "Role");

  /** The ServiceAccount that somebody made by hand. */
  public static final ObjectName ACCOUNT = new ObjectName("ServiceAccount", "coder", "coder");

  /** The Role that somebody made by hand. */
  public static final ObjectName ROLE = new ObjectName("Role", "coder", "coder");

  /** What belongs to nobody. */
  public static final HelmClaim NOBODYS =
      new HelmClaim(Optional.empty(), Optional.empty(), Optional.empty());

  /** What belongs to the release. */
  public static final HelmClaim OURS = HelmClaim.of("prod", "coder");

  /** Helm has named this object, and it was looked up. */
  public static Scenery named(String said, ObjectName name, HelmClaim claim) {
    return refused(said).cluster("named", Observed.known(object(name, claim), Scenery.NOW));
  }

  /** An object that somebody made by hand, and that says this of releases. */
  public static NamedObject object(ObjectName name, HelmClaim claim) {
    return new NamedObject(
        name,
        Optional.of(
            new NamedObject.Metadata(
                "uid-" + name.kind(),
                "4711",
                claim,
                Scenery.NOW.minusSeconds(41 * 86400L),
                List.of(),
                List.of(
                    new Deployment.FieldManager(
                        "kubectl-create", "", Scenery.NOW.minusSeconds(41 * 86400L))))));
  }

  /** Everything is uninstalled. */
  public static Scenery gone() {
    return at(OLD)
        .releases(Observed.known(List.of(), Scenery.NOW))
        .cluster("services", Observed.known(List.of(), Scenery.NOW))
        .cluster("deployment", Optional.empty())
        .cluster("pods", List.of());
  }

  /** Three replicas of this version. */
  public static Scenery at(String version) {
    String image = "docker.io/coderenvs/coder-service:" + version;
    Scenery scenery = Scenery.of(UpgradeWorld::running);
    List<Pod> pods = scenery.seen().cluster().value().orElseThrow().pods();
    return scenery
        .cluster("pods", pods.stream().map(pod -> Altered.of(pod, "image", image)).toList())
        .deployment("metadata.name", "coderd")
        .deployment("image", image)
        .deployment("chart", Optional.of("coder-" + version))
        .database("rights", new DatabaseRights(true, true, true))
        .recalls(RunFacts.TARGET, "v" + NEW)
        .recalls(RunFacts.SOURCE, "v" + OLD);
  }

  /** A revision with these values. */
  public static HelmRelease revision(int number, String status, String version, Given... given) {
    return Altered.of(
        Scenery.revision(number, status, version),
        "values",
        new HelmRelease.Values(Optional.empty(), Optional.empty(), Map.of(), List.of(given)));
  }

  /** A helm that has the target's chart. */
  public static Helm helm(HelmRun... run) {
    Helm other = Altered.of(Scenery.ownHelm(run), "repository", "https://helm.coder.com");
    Helm helm =
        Altered.of(
            other,
            "repositories",
            Optional.of(List.of(new HelmRepository("coder", "https://helm.coder.com"))));
    return Altered.of(helm, "chart", Observed.known(Optional.of(NEW), Scenery.NOW));
  }

  /** A run that has ended with this status and these lines. */
  public static HelmRun ended(int status, String... lines) {
    return new HelmRun(
        "1",
        "d",
        HelmRun.State.ENDED,
        Optional.of(status),
        4711,
        Scenery.NOW.minusSeconds(9),
        Optional.of(Scenery.NOW),
        List.of(lines));
  }

  static List<Snapshot> everyMoment() {
    return List.of(installed().seen(), upgraded().seen(), gone().seen());
  }

  /** The Deployment of a moment. */
  public static Deployment deployment(Scenery scenery) {
    return scenery.seen().cluster().value().orElseThrow().deployment().orElseThrow();
  }
}
