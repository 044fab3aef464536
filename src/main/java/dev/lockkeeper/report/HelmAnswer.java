package dev.lockkeeper.report;

import dev.lockkeeper.analysis.ReleaseLookup;
import dev.lockkeeper.check.helm.HelmIsAtHand;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What there is of Helm. That there is none is no failure: an upgrade can be brought in other ways.
 *
 * <pre>
 *   helm      v3.19.0 (/usr/local/bin/helm), charts from https://helm.coder.com/v2
 *   release   coder, revision 3, deployed, chart coder-2.26.6
 * </pre>
 *
 * @param helm what can be run; empty where nothing can, or where that is not known
 * @param noHelm why nothing can be run; empty where something can
 * @param release the Deployment's own release
 * @param noRelease why it is not known; empty where it is
 */
record HelmAnswer(
    Optional<Helm> helm, String noHelm, Optional<HelmRelease> release, String noRelease) {
  private static final String OTHER_WAYS =
      "; so the wizard cannot run helm upgrade here, and step 4.1 offers other ways";

  static HelmAnswer of(Snapshot snapshot) {
    Optional<Helm> helm = HelmIsAtHand.fresh(snapshot);
    ReleaseLookup sight = ReleaseLookup.of(snapshot);
    return new HelmAnswer(
        helm, helm.isPresent() ? "" : HelmIsAtHand.why(snapshot), sight.release(), sight.reason());
  }

  void say(Table page) {
    page.field(
        "helm",
        helm.map(
                each ->
                    "%s (%s), charts from %s"
                        .formatted(each.version(), each.program(), each.repository()))
            .orElse(noHelm + OTHER_WAYS));
    page.field("release", release.map(ReleaseLookup::spoken).orElse(noRelease + OTHER_WAYS));
  }

  /** For programs; what is not there is null. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("program", helm.map(Helm::program).orElse(null));
    json.put("version", helm.map(Helm::version).orElse(null));
    json.put("chartRepository", helm.map(Helm::repository).orElse(null));
    json.put("trouble", noHelm.isEmpty() ? null : noHelm);
    json.put("release", release.<Object>map(HelmAnswer::described).orElse(null));
    json.put("releaseTrouble", noRelease.isEmpty() ? null : noRelease);
    return json;
  }

  private static Map<String, Object> described(HelmRelease release) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", release.name());
    json.put("namespace", release.namespace());
    json.put("revision", release.revision());
    json.put("status", release.status());
    json.put("chart", release.chart().name());
    json.put("chartVersion", release.chart().version());
    json.put("replicaCount", release.values().replicaCount().orElse(null));
    json.put("imageTag", release.values().imageTag().orElse(null));
    return json;
  }
}
