package dev.lockkeeper.kubernetes.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lockkeeper.action.ClusterOperations;
import dev.lockkeeper.action.ForgetRequest;
import dev.lockkeeper.action.ImageRequest;
import dev.lockkeeper.action.LeaseRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Outcome.Result;
import dev.lockkeeper.action.ProbeRequest;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.action.ScalerRequest;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.Observations;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.kubernetes.ScalerScenes;
import dev.lockkeeper.kubernetes.config.ClusterOptions;
import dev.lockkeeper.kubernetes.lease.LeaseElector;
import dev.lockkeeper.kubernetes.watch.ClusterSource;
import dev.lockkeeper.practice.apiserver.RequestLog;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Role;
import dev.lockkeeper.practice.apiserver.Rule;
import dev.lockkeeper.practice.apiserver.User;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.OperatorLease;
import dev.lockkeeper.snapshot.Right;
import dev.lockkeeper.snapshot.Right.Use;
import dev.lockkeeper.snapshot.ScalerObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rights in docs/lockkeeper-rbac.yaml are enough for every read and every act, and none of them
 * is for nothing. The cluster that LOCKKEEPER_IT_KUBECONFIG names, whose user should have just
 * these rights, is read and asked for rehearsals; only where LOCKKEEPER_IT_ACTS is set as well are
 * the acts done there, and undone.
 */
public class LeastRightsTest {
  private static final Path FILE = Path.of("docs/lockkeeper-rbac.yaml");

  /** As Helm writes it, in base64 twice. */
  private static final String RELEASE =
      twice(
          """
          {"name":"prod","namespace":"coder","version":1,"info":{"status":"deployed"},
           "chart":{"metadata":{"name":"coder","version":"1.44.3"}}}
          """);

  private static final String KUSTOMIZATION =
      """
      {"apiVersion":"kustomize.toolkit.fluxcd.io/v1","kind":"Kustomization",
       "metadata":{"name":"coder","namespace":"coder"},"spec":{}}
      """;

  private static final String ME = "test@least rights";

  @TempDir Path directory;

  @Test
  void theyAreEnoughForEveryReadAndEveryActAndNoneIsForNothing() throws Exception {
    List<Rule> rules = rules();
    List<RequestLog.Entry> mine = asked(rules, true);
    assertThat(mine).isNotEmpty().noneMatch(entry -> entry.code() == 403);
    assertThat(unused(rules, mine))
        .as("but for what is needed to paste, which PastedCommandsTest does with kubectl")
        .containsExactlyInAnyOrder(
            "get pods", "list verticalpodautoscalers", "update deployments/scale");
  }

  /** Who leaves the parts for Helm and for v1 out loses what they are for, and nothing else. */
  @Test
  void withoutThePartsThatMayBeLeftOutAllElseGoesOn() throws Exception {
    assertThat(roles().keySet())
        .containsExactly(
            "lockkeeper",
            "lockkeeper-nodes",
            "lockkeeper-helm",
            "lockkeeper-v1",
            "lockkeeper-scalers",
            "lockkeeper-argocd");
    List<RequestLog.Entry> mine = asked(roles().get("lockkeeper"), false);
    assertThat(mine)
        .filteredOn(entry -> entry.code() == 403)
        .isNotEmpty()
        .allMatch(entry -> entry.verb().matches("list|get"))
        .allMatch(
            entry ->
                entry
                    .path()
                    .matches(
                        ".*/(secrets|services|nodes|(applications|helmreleases|kustomizations)/coder)"
                            + "([?].*)?"));
  }

  /** All that is read and done by somebody with these rights, of a v1 that Helm installed. */
  private List<RequestLog.Entry> asked(List<Rule> rules, boolean all) throws Exception {
    User user = least(rules);
    try (PracticeCluster practice = new PracticeCluster(directory, user)) {
      furnish(practice);
      try (ClusterConnection connection = practice.connect(user)) {
        assertThat(connection.rights("coder"))
            .filteredOn(right -> !right.denied().value().orElseThrow().isEmpty())
            .extracting(Right::use)
            .containsExactlyElementsOf(
                all
                    ? List.of(Use.RUN_HELM)
                    : List.of(
                        Use.READ_RELEASES,
                        Use.RUN_HELM,
                        Use.SEE_SERVICES,
                        Use.HOLD_SCALERS,
                        Use.HOLD_SCALERS,
                        Use.HOLD_SCALERS,
                        Use.HOLD_SCALERS,
                        Use.HOLD_SCALERS));
        readAndAct(connection, "coder", "coder", true, all);
      }
      return practice.requests.entries().stream()
          .filter(entry -> entry.user().equals("least"))
          .toList();
    }
  }

  /** The nodes are of the whole cluster, Applications are with Argo CD, all else is with Coder. */
  private static User least(List<Rule> rules) {
    List<Rule> nodes = rules.stream().filter(each -> each.resources().contains("nodes")).toList();
    List<Rule> argo =
        rules.stream().filter(each -> each.resources().contains("applications")).toList();
    return User.of(
        "least", new Role("coder", rules), new Role("", nodes), new Role("argocd", argo));
  }

  /** The right is Helm's own, and so in no part of the file; the page says so. */
  @Test
  void forgettingARevisionNeedsOneMoreRightWhichThePageNames() throws Exception {
    assertThat(Path.of("docs/RBAC.md")).content().contains("needs `delete` on Secrets");
    assertThat(forgets(rules()).detail()).contains("403: may not delete this", "secrets");
    List<Rule> more = new ArrayList<>(rules());
    more.add(Rule.of("", List.of("secrets"), "delete"));
    assertThat(forgets(more).result()).isEqualTo(Result.DONE);
  }

  private Outcome forgets(List<Rule> rules) throws Exception {
    User user = least(rules);
    try (PracticeCluster practice = new PracticeCluster(directory, user)) {
      furnish(practice);
      try (ClusterConnection connection = practice.connect(user)) {
        HelmRelease release =
            new HelmReleases(connection.api(), "coder").read().join().value().orElseThrow().get(0);
        ForgetRequest request =
            new ForgetRequest(
                Contexts.in("coder"), "prod", 1, release.status(), release.info().record());
        Rehearsal rehearsal = connection.operations().rehearse(request);
        Outcome outcome = connection.operations().forget(request);
        assertThat(rehearsal.verdict() == Rehearsal.Verdict.ACCEPTED)
            .isEqualTo(outcome.result() == Result.DONE);
        return outcome;
      }
    }
  }

  @Test
  void theyAreEnoughOnARealCluster() throws Exception {
    Map<String, String> environment = System.getenv();
    assumeThat(environment).containsKey("LOCKKEEPER_IT_KUBECONFIG");
    String namespace = environment.getOrDefault("LOCKKEEPER_IT_NAMESPACE", "coder");
    String deployment = environment.getOrDefault("LOCKKEEPER_IT_DEPLOYMENT", "coder");
    ClusterOptions options =
        new ClusterOptions(
            Optional.of(Path.of(environment.get("LOCKKEEPER_IT_KUBECONFIG"))),
            Optional.empty(),
            Optional.of(namespace),
            deployment);
    try (ClusterConnection connection = ClusterConnection.open(options, environment)) {
      List<Right> rights = connection.rights(deployment);
      assertThat(rights).allMatch(right -> right.denied().value().equals(Optional.of(List.of())));
      readAndAct(
          connection,
          namespace,
          deployment,
          environment.containsKey("LOCKKEEPER_IT_ACTS"),
          rights.stream().anyMatch(right -> right.use() == Use.READ_RELEASES));
    }
  }

  private static void readAndAct(
      ClusterConnection connection, String namespace, String name, boolean act, boolean releases)
      throws Exception {
    LeaseElector seat = connection.operator(ME);
    try (ClusterSource source = connection.source()) {
      Observations seen = new Observations();
      source.watch(seen);
      Cluster cluster =
          seen.known(
              one ->
                  one.operator().isKnown()
                      && one.scalers().isKnown()
                      && !one.releases().isPending()
                      && !one.helm().services().isPending()
                      && one.scalers().value().orElseThrow().stream()
                          .noneMatch(each -> each.evidence().endsWith("toolkit.fluxcd.io/name"))
                      && one.workload().served().size() == one.readyPods().size());
      assertThat(cluster.releases().isKnown()).isEqualTo(releases);
      assertThat(connection.databaseUrl(name).url()).isPresent();
      Deployment there = cluster.deployment().orElseThrow();
      rehearse(connection.operations(), namespace, there);
      if (act) {
        sit(connection, seat, namespace, cluster.operator().value().orElseThrow());
        act(connection, seen, namespace);
        if (releases) {
          hold(connection.operations(), cluster);
        }
        assertThat(seat.release()).isTrue();
      }
    }
  }

  private static void rehearse(ClusterOperations door, String namespace, Deployment there) {
    assertThat(
            Stream.of(
                door.rehearse(scale(namespace, there, there.replicas() + 1)),
                door.rehearse(image(namespace, there, "example.invalid/coder:v0")),
                door.rehearse(probe(namespace, there, other(there)))))
        .extracting(Rehearsal::verdict)
        .containsOnly(Rehearsal.Verdict.ACCEPTED);
  }

  private static Optional<String> other(Deployment there) {
    return there.livenessProbe().isPresent()
        ? Optional.empty()
        : Optional.of("{\"tcpSocket\":{\"port\":8080}}");
  }

  private static void sit(
      ClusterConnection connection, LeaseElector seat, String namespace, OperatorLease free) {
    assertThat(free.holder()).isEmpty();
    done(
        connection
            .operations()
            .take(
                new LeaseRequest(
                    Contexts.in(namespace), free.name(), false, Optional.empty(), ME)));
    assertThat(seat.release()).isTrue();
    done(
        connection
            .operations()
            .take(
                new LeaseRequest(
                    Contexts.in(namespace), free.name(), false, Optional.empty(), ME)));
  }

  /** Everything there and back. */
  private static void act(ClusterConnection connection, Observations seen, String namespace) {
    ClusterOperations door = connection.operations();
    Deployment first = seen.last().value().orElseThrow().deployment().orElseThrow();
    done(door.scale(scale(namespace, first, first.replicas() + 1)));
    Deployment scaled = after(seen, first);
    done(door.scale(scale(namespace, scaled, first.replicas())));
    Deployment back = after(seen, scaled);
    done(door.setImage(image(namespace, back, "example.invalid/coder:v0")));
    Deployment changed = after(seen, back);
    done(door.setImage(image(namespace, changed, first.image())));
    Deployment again = after(seen, changed);
    done(door.setProbe(probe(namespace, again, other(again))));
    Deployment without = after(seen, again);
    done(door.setProbe(probe(namespace, without, first.livenessProbe())));
    assertThat(after(seen, without).livenessProbe()).isEqualTo(first.livenessProbe());
  }

  /** Everything that is held, and let go on. */
  private static void hold(ClusterOperations door, Cluster cluster) {
    cluster.scalers().value().orElseThrow().stream()
        .flatMap(each -> each.holdable().stream())
        .forEach(
            each -> {
              ScalerRequest request =
                  new ScalerRequest(Contexts.in("coder"), each, each.type().held());
              assertThat(door.rehearse(request).verdict()).isEqualTo(Rehearsal.Verdict.ACCEPTED);
              done(door.hold(request));
              done(
                  door.hold(
                      new ScalerRequest(
                          Contexts.in("coder"),
                          new ScalerObject(
                              each.type(),
                              each.namespace(),
                              each.name(),
                              each.uid(),
                              each.type().held(),
                              true,
                              Optional.empty()),
                          each.setting())));
            });
  }

  private static Deployment after(Observations seen, Deployment before) {
    return seen.known(one -> one.deployment().orElseThrow().generation() > before.generation())
        .deployment()
        .orElseThrow();
  }

  private static void done(Outcome outcome) {
    assertThat(outcome.result()).as(outcome.detail()).isEqualTo(Result.DONE);
  }

  private static ScaleRequest scale(String namespace, Deployment there, int to) {
    return new ScaleRequest(
        Contexts.in(namespace), there.name(), there.uid(), there.replicas(), to);
  }

  private static ImageRequest image(String namespace, Deployment there, String to) {
    return new ImageRequest(
        Contexts.in(namespace),
        there.name(),
        there.uid(),
        there.generation(),
        there.container().name(),
        there.image(),
        to);
  }

  private static ProbeRequest probe(String namespace, Deployment there, Optional<String> to) {
    return new ProbeRequest(
        Contexts.in(namespace),
        there.name(),
        there.uid(),
        there.generation(),
        there.container().name(),
        there.livenessProbe(),
        to);
  }

  /**
   * A release of a chart of v1, a database URL in a Secret, and a pod that is not Ready and so has
   * a log to read.
   */
  private static void furnish(PracticeCluster practice) {
    ScalerScenes.track(practice, "coder:apps/Deployment:coder/coder");
    ScalerScenes.label(practice, "helm", "coder");
    ScalerScenes.label(practice, "kustomize", "coder");
    ScalerScenes.argo(practice, ScalerScenes.APPLICATION);
    Stream.of(
            ScalerScenes.AUTOSCALER,
            ScalerScenes.SCALED_OBJECT,
            ScalerScenes.HELM_RELEASE,
            KUSTOMIZATION)
        .forEach(practice::create);
    practice.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object -> {
          ObjectNode metadata = (ObjectNode) object.path("metadata");
          metadata.withObject("/labels").put("helm.sh/chart", "coder-1.44.3");
          metadata.withObject("/annotations").put("meta.helm.sh/release-name", "prod");
        });
    practice.create(
        """
        {"apiVersion":"v1","kind":"Secret","type":"helm.sh/release.v1",
         "metadata":{"name":"sh.helm.release.v1.prod.v1","namespace":"coder",
           "labels":{"owner":"helm","name":"prod","version":"1","status":"deployed"}},
         "data":{"release":"%s"}}
        """
            .formatted(RELEASE));
    practice.create(
        """
        {"apiVersion":"v1","kind":"Secret","metadata":{"name":"coder-db-url","namespace":"coder"},
         "stringData":{"url":"postgres://coder@127.0.0.1/coder"}}
        """);
    practice.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object ->
            ((ObjectNode) object.at("/spec/template/spec/containers/1"))
                .setAll(
                    PracticeCluster.object(
                        """
                        {"env":[{"name":"CODER_PG_CONNECTION_URL",
                          "valueFrom":{"secretKeyRef":{"name":"coder-db-url","key":"url"}}}]}
                        """)));
    practice.create(
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"coder-5d-b","namespace":"coder",
          "labels":{"app":"coder","tier":"server"},
          "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"coder-5d","uid":"x"}]},
         "spec":{"nodeName":"node-1","containers":[{"name":"coder","image":"ghcr.io/coder/coder:v2.20.0"}]},
         "status":{"phase":"Running","containerStatuses":[{"name":"coder","image":"i","imageID":"i",
           "ready":false,"restartCount":0,"state":{"running":{"startedAt":"2026-01-02T03:04:05Z"}}}]}}
        """);
  }

  private static String twice(String text) {
    Base64.Encoder base64 = Base64.getEncoder();
    return base64.encodeToString(base64.encode(text.getBytes(StandardCharsets.UTF_8)));
  }

  public static List<Rule> rules() throws IOException {
    return roles().values().stream().flatMap(List::stream).toList();
  }

  /** The rules of each Role of the file by its name, in their order. */
  private static Map<String, List<Rule>> roles() throws IOException {
    List<JsonNode> documents =
        new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(FILE.toFile()).readAll();
    Map<String, List<Rule>> roles = new LinkedHashMap<>();
    for (JsonNode each : documents) {
      if (each.path("kind").asText().matches("(Cluster)?Role")) {
        roles.put(
            each.at("/metadata/name").asText(),
            each.path("rules").valueStream().map(LeastRightsTest::rule).toList());
      }
    }
    return roles;
  }

  private static Rule rule(JsonNode rule) {
    return new Rule(
        texts(rule.path("apiGroups")),
        texts(rule.path("resources")),
        texts(rule.path("resourceNames")),
        texts(rule.path("verbs")));
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
  }

  /** What is granted and was never asked for, such as {@code get pods/log}. */
  private static List<String> unused(List<Rule> rules, List<RequestLog.Entry> asked) {
    return rules.stream()
        .flatMap(
            rule ->
                rule.resources().stream()
                    .flatMap(what -> rule.verbs().stream().map(verb -> verb + " " + what)))
        .filter(
            right -> {
              String[] words = right.split("[ /]");
              return asked.stream()
                  .filter(entry -> entry.verb().equals(words[0]))
                  .noneMatch(entry -> entry.path().matches(path(words)));
            })
        .distinct()
        .toList();
  }

  private static String path(String[] words) {
    boolean part = words.length > 2;
    return ".*/%s(/[^/?]+)?%s"
        .formatted(words[1], part ? "/" + words[2] + "([/?].*)?" : "([?].*)?");
  }
}
