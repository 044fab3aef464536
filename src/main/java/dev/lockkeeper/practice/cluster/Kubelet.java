package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Change;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Key;
import dev.lockkeeper.practice.apiserver.Logs;
import dev.lockkeeper.practice.apiserver.Resources;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs the pods: one for all nodes. */
final class Kubelet implements AutoCloseable {
  /** How often the real one looks whether containers have ended. */
  private static final double RELIST_SECONDS = 1;

  private final Control control;
  private final Scheduler scheduler;
  private final Node node;
  private final Map<String, PodLife> pods = new HashMap<>();
  private boolean relisting;

  /**
   * What the pods of all nodes share.
   *
   * @param runtime starts containers
   * @param logs takes what they print
   * @param threads waits for probes
   * @param random spreads the first probes
   * @param images those that have been pulled
   */
  record Node(
      Control control,
      ContainerRuntime runtime,
      Logs logs,
      ExecutorService threads,
      Addresses addresses,
      Random random,
      Set<String> images) {

    Probing.Nodes probing() {
      return new Probing.Nodes(control.loop(), control.pace(), threads);
    }
  }

  Kubelet(Control control, ContainerRuntime runtime, Logs logs, Set<String> images) {
    this.control = control;
    this.scheduler = new Scheduler(control);
    ExecutorService threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "practice-probe");
              thread.setDaemon(true);
              return thread;
            });
    Random random = new Random();
    Addresses addresses = new Addresses(random);
    this.node = new Node(control, runtime, logs, threads, addresses, random, new HashSet<>(images));
  }

  /** Learns that a pod has come, has changed or is gone. */
  void see(Change.Type type, ObjectNode pod) {
    String uid = Json.uid(pod);
    if (type == Change.Type.DELETED) {
      PodLife gone = pods.remove(uid);
      if (gone != null) {
        gone.kill();
      }
      node.logs().forget(uid);
    } else if (Json.text(pod, "/spec/nodeName").isEmpty()) {
      schedule(pod);
    } else {
      PodLife life = pods.get(uid);
      if (life == null) {
        life = new PodLife(node, pod);
        pods.put(uid, life);
        life.begin();
      }
      if (Control.leaving(pod)) {
        life.stop(Json.number(pod, "/metadata/deletionGracePeriodSeconds", 30));
      }
      relist();
    }
  }

  private void schedule(ObjectNode pod) {
    if (Json.each(pod.at("/status/conditions")).findAny().isEmpty()) {
      scheduler.schedule(Key.of(Resources.PODS, pod));
    }
  }

  /** Looks after ended containers for as long as there are pods at all. */
  private void relist() {
    if (relisting || pods.isEmpty()) {
      return;
    }
    relisting = true;
    control
        .loop()
        .after(
            control.pace().seconds(RELIST_SECONDS),
            () -> {
              relisting = false;
              Set.copyOf(pods.values()).forEach(PodLife::look);
              relist();
            });
  }

  /** Kills all containers; nobody is told. */
  @Override
  public void close() {
    Set.copyOf(pods.values()).forEach(PodLife::kill);
    pods.clear();
    node.threads().shutdownNow();
  }
}
