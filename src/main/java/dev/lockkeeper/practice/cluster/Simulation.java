package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Change;
import dev.lockkeeper.practice.apiserver.Feed;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Key;
import dev.lockkeeper.practice.apiserver.Logs;
import dev.lockkeeper.practice.apiserver.Resource;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Store;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A cluster that lives: controllers, scheduler and kubelet at work on a store. */
public final class Simulation implements AutoCloseable {
  private static final List<Resource> WATCHED =
      List.of(Resources.DEPLOYMENTS, Resources.REPLICASETS, Resources.PODS, Resources.SERVICES);

  private final Store store;
  private final Loop loop = new Loop();
  private final Set<Key> queued = new HashSet<>();
  private final DeploymentController deployments;
  private final ReplicaSetController replicaSets;
  private final GarbageCollector garbage;
  private final LoadBalancers balancers;
  private final Kubelet kubelet;
  private final Feed feed;
  private final Thread follower;

  private Simulation(
      Store store, Logs logs, ContainerRuntime runtime, Pace pace, Set<String> images) {
    this.store = store;
    Control control = new Control(store, loop, pace, new Events(store));
    deployments = new DeploymentController(control, new DeploymentStatus(control, this::queue));
    replicaSets = new ReplicaSetController(control, this::queue);
    garbage = new GarbageCollector(store);
    balancers = new LoadBalancers(control);
    kubelet = new Kubelet(control, runtime, logs, images);
    feed = store.watch(store.version());
    follower = new Thread(this::follow, "practice-cluster-feed");
    follower.setDaemon(true);
  }

  /**
   * Begins to run what is in the store, and what will be.
   *
   * @param logs takes what containers print
   * @param runtime starts the containers
   */
  public static Simulation start(Store store, Logs logs, ContainerRuntime runtime, Pace pace) {
    return start(store, logs, runtime, pace, Set.of());
  }

  /**
   * The same on nodes that have run this before.
   *
   * @param images those that need not be pulled
   */
  public static Simulation start(
      Store store, Logs logs, ContainerRuntime runtime, Pace pace, Set<String> images) {
    if (store.list(Resources.NODES, "", node -> true).items().isEmpty()) {
      PracticeNodes.create(store);
    }
    Simulation simulation = new Simulation(store, logs, runtime, pace, images);
    simulation.loop.run(simulation::seeAll);
    simulation.follower.start();
    return simulation;
  }

  private void seeAll() {
    for (Resource resource : WATCHED) {
      for (ObjectNode object : store.list(resource, "", any -> true).items()) {
        see(Change.Type.ADDED, resource, object);
      }
    }
  }

  private void follow() {
    try {
      while (true) {
        Change change = feed.next();
        if (WATCHED.contains(change.resource())) {
          loop.run(() -> see(change.type(), change.resource(), change.object()));
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void see(Change.Type type, Resource resource, ObjectNode object) {
    if (resource.equals(Resources.PODS)) {
      kubelet.see(type, object);
    } else if (resource.equals(Resources.SERVICES)) {
      if (type != Change.Type.DELETED) {
        balancers.see(object);
      }
    } else {
      queue(Key.of(resource, object));
    }
    if (type == Change.Type.DELETED) {
      garbage.gone(object);
    }
    Control.owner(object).ifPresent(owner -> queueOwner(object, owner));
  }

  /** A pod's change concerns its ReplicaSet and, for Recreate, the Deployment above it. */
  private void queueOwner(JsonNode object, JsonNode owner) {
    Resources.ofKind(owner.path("apiVersion").asText(), owner.path("kind").asText())
        .filter(WATCHED::contains)
        .map(kind -> new Key(kind, Json.namespace(object), owner.path("name").asText()))
        .ifPresent(
            key -> {
              queue(key);
              store
                  .find(key)
                  .flatMap(Control::owner)
                  .ifPresent(above -> queueOwner(store.get(key), above));
            });
  }

  private void queue(Key key) {
    if (queued.add(key)) {
      loop.run(
          () -> {
            queued.remove(key);
            sync(key);
          });
    }
  }

  private void sync(Key key) {
    if (key.resource().equals(Resources.DEPLOYMENTS)) {
      deployments.sync(key);
    } else if (key.resource().equals(Resources.REPLICASETS)) {
      replicaSets.sync(key);
    }
  }

  /** Kills all containers and stops; the objects stay as they are. */
  @Override
  public void close() {
    feed.close();
    follower.interrupt();
    CountDownLatch killed = new CountDownLatch(1);
    loop.run(
        () -> {
          kubelet.close();
          killed.countDown();
        });
    try {
      killed.await(5, TimeUnit.SECONDS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    loop.close();
  }
}
