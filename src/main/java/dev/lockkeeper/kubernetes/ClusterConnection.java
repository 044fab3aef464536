package dev.lockkeeper.kubernetes;

import dev.lockkeeper.coder.CoderV1Chart;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiErrors;
import dev.lockkeeper.kubernetes.api.ApiException;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Json;
import dev.lockkeeper.kubernetes.api.Resource;
import dev.lockkeeper.kubernetes.change.KubernetesOperations;
import dev.lockkeeper.kubernetes.config.ClusterException;
import dev.lockkeeper.kubernetes.config.ClusterOptions;
import dev.lockkeeper.kubernetes.config.Credentials;
import dev.lockkeeper.kubernetes.config.HttpFactory;
import dev.lockkeeper.kubernetes.config.KubeContext;
import dev.lockkeeper.kubernetes.config.Proxy;
import dev.lockkeeper.kubernetes.facts.AccessReviews;
import dev.lockkeeper.kubernetes.facts.CoderContainer;
import dev.lockkeeper.kubernetes.facts.ContainerEnvironment;
import dev.lockkeeper.kubernetes.facts.DatabaseUrl;
import dev.lockkeeper.kubernetes.facts.DeploymentFacts;
import dev.lockkeeper.kubernetes.facts.GitOps;
import dev.lockkeeper.kubernetes.facts.HelmReleases;
import dev.lockkeeper.kubernetes.facts.HelmRights;
import dev.lockkeeper.kubernetes.facts.Scalers;
import dev.lockkeeper.kubernetes.lease.LeaseElector;
import dev.lockkeeper.kubernetes.watch.ClusterSource;
import dev.lockkeeper.kubernetes.watch.EvidenceReader;
import dev.lockkeeper.kubernetes.watch.Heartbeat;
import dev.lockkeeper.kubernetes.watch.Inspector;
import dev.lockkeeper.snapshot.ClusterIdentity;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Inspected;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.OperatorLease;
import dev.lockkeeper.snapshot.Right;
import dev.lockkeeper.snapshot.ScalerObject;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * A way to one namespace of one cluster, chosen when it is opened and never changed afterwards.
 * Safe for use by several threads.
 */
public final class ClusterConnection implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String URL = "CODER_PG_CONNECTION_URL";
  private static final String AUTH = "CODER_PG_AUTH";

  /** A label of Helm's charts. */
  private static final String CHART = "helm.sh/chart";

  private final ApiServer api;
  private final ClusterIdentity place;
  private final String deployment;
  private final LeaseElector seat;
  private final String kubeconfig;
  private final Optional<String> authority;

  private ClusterConnection(
      ApiServer api,
      ClusterIdentity place,
      String deployment,
      String kubeconfig,
      Optional<String> authority) {
    this.authority = authority;
    this.kubeconfig = kubeconfig;
    this.seat = new LeaseElector(api, place.namespace(), deployment, LeaseElector.Pace.ORDINARY);
    this.api = api;
    this.place = place;
    this.deployment = deployment;
  }

  /**
   * Finds the cluster where kubectl would find it, and prepares to speak to it. Nothing is sent to
   * the API server yet; a credential plugin is run, which may take its time.
   *
   * @param options what the operator said
   * @param environment the process environment, for KUBECONFIG, HOME, proxies and plugins
   * @throws ClusterException when something is missing or wrong; its message is for the operator
   */
  public static ClusterConnection open(ClusterOptions options, Map<String, String> environment)
      throws ClusterException {
    KubeContext target = KubeContext.find(options, environment);
    if (!options.plugins() && target.runsPlugin()) {
      throw new ClusterException(
          "The kubeconfig of a practice world names a program to run, which no such world does: it"
              + " is not used.");
    }
    Credentials credentials = Credentials.of(target, environment);
    Optional<Proxy> proxy = Proxy.of(target, environment);
    ApiServer api =
        new ApiServer(target.server(), HttpFactory.client(target, credentials, proxy), proxy);
    return new ClusterConnection(
        api,
        place(target, environment),
        options.deployment(),
        PinnedKubeconfig.of(target),
        target.authority());
  }

  /**
   * Where it would lead, by what lies on this machine alone; nothing is run or sent. All is empty
   * where that cannot be found out, which {@link #open} tells with its reason.
   */
  public static ClusterIdentity place(ClusterOptions options, Map<String, String> environment) {
    try {
      return place(KubeContext.find(options, environment), environment);
    } catch (ClusterException notFound) {
      return ClusterIdentity.UNKNOWN;
    }
  }

  private static ClusterIdentity place(KubeContext target, Map<String, String> environment)
      throws ClusterException {
    return new ClusterIdentity(
        target.context(),
        target.server().toString(),
        target.namespace(),
        "",
        target.named(environment));
  }

  public ApiServer api() {
    return api;
  }

  /**
   * A kubeconfig with nothing in it but where this leads, for a program that runs beside this one.
   * It holds the credentials: it belongs into a file that nobody else may read, and nowhere else.
   */
  public String kubeconfig() {
    return kubeconfig;
  }

  /** Where this leads; the namespace's uid is not known yet and therefore empty. */
  public ClusterIdentity identity() {
    return place;
  }

  /**
   * The one certificate authority by which the API server proves itself, base64 of PEM; empty where
   * it need not, or may do so by any that the Java runtime believes.
   */
  public Optional<String> authority() {
    return authority;
  }

  /** A new source of facts about the Deployment; to be closed before this connection. */
  public ClusterSource source() {
    return source(Heartbeat.Pace.ORDINARY);
  }

  public ClusterSource source(Heartbeat.Pace pace) {
    return new ClusterSource(api, place, deployment, seat, pace);
  }

  /**
   * Reads objects and logs for whoever looks at them; to be closed before this connection.
   *
   * @param sink takes what was read; it must not block
   */
  public Inspector inspector(Consumer<Inspected> sink) {
    return new Inspector(api, place.namespace(), sink);
  }

  /**
   * Reads once what the next acts take away; its time begins now.
   *
   * @param sink takes each thing that was read
   */
  public EvidenceReader evidence(Consumer<Inspected> sink) {
    return new EvidenceReader(api, place.namespace(), sink);
  }

  /** The port through which the Deployment is changed. */
  public KubernetesOperations operations() {
    return new KubernetesOperations(api, seat);
  }

  /**
   * Says as whom the operator's Lease is held. If it is held by this name already, it is kept from
   * now on; else only {@link KubernetesOperations#take} takes it. Without this the Lease is only
   * looked at.
   *
   * @param me user, host and run
   */
  public LeaseElector operator(String me) {
    seat.as(me);
    return seat;
  }

  /** Who holds the operator's Lease now; blocks for some seconds at most and never throws. */
  public Observed<OperatorLease> lease() {
    return seat.glance();
  }

  /**
   * Coder's database URL as this Deployment's coderd container gets it; blocks for some seconds at
   * most and never throws.
   *
   * @param deployment the Deployment's name
   */
  public DatabaseUrl databaseUrl(String deployment) {
    try {
      ContainerEnvironment environment =
          new ContainerEnvironment(api, place.namespace(), container(deployment(deployment)));
      Optional<String> auth = environment.value(AUTH);
      if (auth.filter("awsiamrds"::equals).isPresent()) {
        return DatabaseUrl.absent(
            "CODER_PG_AUTH=awsiamrds: the pods log in with their AWS identity, and there is no"
                + " password to use from here");
      }
      return environment
          .value(URL)
          .filter(url -> !url.isEmpty())
          .map(DatabaseUrl::found)
          .orElseGet(
              () ->
                  DatabaseUrl.absent(URL + " is not set: this Coder uses its built-in PostgreSQL"));
    } catch (ApiException e) {
      return DatabaseUrl.absent(e.getMessage());
    }
  }

  /**
   * What our user may do of all that the wizard does; blocks for some seconds at most and never
   * throws.
   *
   * @param deployment the Deployment's name
   */
  public List<Right> rights(String deployment) {
    return new AccessReviews(api, place.namespace()).all(about(deployment));
  }

  /** What is known of the Deployment; of one that cannot be read, its name. */
  private AccessReviews.About about(String deployment) {
    try {
      Deployment found = deployment(deployment);
      Map<String, String> labels = found.getMetadata().getLabels();
      String noted =
          DeploymentFacts.map(found.getMetadata().getAnnotations()).get(HelmRelease.NOTED);
      return new AccessReviews.About(
          deployment,
          new ContainerEnvironment(api, place.namespace(), container(found)).secrets(URL),
          noted != null,
          noted == null
              ? List.of()
              : HelmRights.objects(noted, new HelmReleases(api, place.namespace()).read().join()),
          labels != null && CoderV1Chart.isNamedBy(labels.getOrDefault(CHART, "")),
          scalers(found));
    } catch (ApiException e) {
      return new AccessReviews.About(deployment, List.of(), false, List.of(), false, List.of());
    }
  }

  /** What would have to be held; what is named and cannot be read stands there by its name. */
  private List<ScalerObject> scalers(Deployment found) {
    List<ScalerObject> all = new ArrayList<>();
    new Scalers(api, place.pinned(), found.getMetadata().getName())
        .read()
        .join()
        .value()
        .orElse(List.of())
        .forEach(each -> each.object().ifPresent(all::add));
    GitOps gitOps = new GitOps(api);
    gitOps.seek(GitOps.named(place.namespace(), DeploymentFacts.of(found)));
    gitOps.read().join().value().orElse(List.of()).forEach(read -> all.add(read.known()));
    return all;
  }

  private static Container container(Deployment found) throws ApiException {
    return CoderContainer.of(found.getSpec().getTemplate().getSpec().getContainers())
        .orElseThrow(
            () ->
                new ApiException(
                    "deployment %s has no container".formatted(found.getMetadata().getName())));
  }

  private Deployment deployment(String name) throws ApiException {
    ApiErrors words = new ApiErrors(api.server());
    Resource deployments = Resource.apps(place.namespace(), "deployments");
    Answer answer;
    try {
      answer = api.get(deployments.path(name), LIMIT).get();
    } catch (ExecutionException e) {
      throw new ApiException(words.silence(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException("interrupted");
    }
    if (!answer.ok()) {
      throw words.refused(answer, "get", deployments);
    }
    return Json.read(answer.json(), Deployment.class);
  }

  @Override
  public void close() {
    seat.close();
    api.close();
  }
}
