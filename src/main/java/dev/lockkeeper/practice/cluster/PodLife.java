package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Deletion;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Key;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Write;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A pod on its node, from its first container's start to its last container's end. */
final class PodLife {
  private static final Write WRITE = Write.by("kubelet").to("status");

  private final Kubelet.Node node;
  private final ObjectNode pod;
  private final Key key;
  private final String address;
  private final String startTime;
  private final List<ContainerLife> inits;
  private final List<ContainerLife> containers;
  private Optional<Loop.Timer> grace = Optional.empty();
  private boolean stopping;
  private long initialised;
  private int shortestGrace;

  PodLife(Kubelet.Node node, ObjectNode pod) {
    this.node = node;
    this.startTime = Json.time(node.control().now());
    this.pod = pod;
    this.key = Key.of(Resources.PODS, pod);
    this.address = node.addresses().next();
    this.inits = lives("/spec/initContainers", true, this::initialised);
    this.containers = lives("/spec/containers", false, this::report);
  }

  private List<ContainerLife> lives(String pointer, boolean once, Runnable changed) {
    return Json.each(pod.at(pointer))
        .map(container -> new ContainerLife(node, pod, address, container, once, changed))
        .toList();
  }

  void begin() {
    report();
    beginNext();
  }

  /** Init containers run one after the other, and the others after the last of them. */
  private void beginNext() {
    inits.stream()
        .filter(one -> !one.completed())
        .findFirst()
        .ifPresentOrElse(ContainerLife::begin, () -> containers.forEach(ContainerLife::begin));
  }

  private void initialised() {
    long completed = inits.stream().filter(ContainerLife::completed).count();
    report();
    if (completed > initialised && !stopping) {
      initialised = completed;
      beginNext();
    }
  }

  private Stream<ContainerLife> all() {
    return Stream.concat(inits.stream(), containers.stream());
  }

  /** SIGTERM to all containers, and SIGKILL to those that still run after the grace. */
  void stop(int graceSeconds) {
    if (stopping && graceSeconds >= shortestGrace) {
      return;
    }
    shortestGrace = graceSeconds;
    grace.ifPresent(Loop.Timer::cancel);
    if (!stopping) {
      stopping = true;
      all().forEach(ContainerLife::stop);
    }
    grace =
        Optional.of(
            node.control()
                .loop()
                .after(
                    node.control().pace().seconds(graceSeconds),
                    () -> all().forEach(ContainerLife::kill)));
    leaveIfOver();
  }

  /** SIGKILL to all at once: the object is gone already. */
  void kill() {
    stopping = true;
    grace.ifPresent(Loop.Timer::cancel);
    all().forEach(ContainerLife::abandon);
  }

  /** Looks whether containers have ended. */
  void look() {
    all().forEach(ContainerLife::look);
    leaveIfOver();
  }

  private void leaveIfOver() {
    if (stopping && all().noneMatch(ContainerLife::runs)) {
      grace.ifPresent(Loop.Timer::cancel);
      node.control()
          .store()
          .find(key)
          .filter(now -> Json.uid(now).equals(Json.uid(pod)))
          .ifPresent(now -> node.control().store().delete(key, Deletion.atOnce(Json.uid(pod))));
    }
  }

  private void report() {
    node.control()
        .store()
        .find(key)
        .filter(now -> Json.uid(now).equals(Json.uid(pod)))
        .ifPresent(now -> node.control().store().update(key, WRITE, this::withStatus));
  }

  private ObjectNode withStatus(ObjectNode object) {
    ObjectNode status = Json.child(object, "status");
    String now = Json.time(node.control().now());
    boolean started = containers.stream().allMatch(ContainerLife::everStarted);
    List<String> unready =
        containers.stream().filter(one -> !one.ready()).map(ContainerLife::name).toList();
    List<ObjectNode> conditions =
        List.of(
            Conditions.of(status, "PodReadyToStartContainers", true, now),
            Conditions.of(
                status, "Initialized", inits.stream().allMatch(ContainerLife::completed), now),
            ready(status, "Ready", unready, now),
            ready(status, "ContainersReady", unready, now),
            Conditions.of(status, "PodScheduled", true, now));
    status.put("phase", started ? "Running" : "Pending");
    status.set("conditions", Json.array(conditions));
    status.put("hostIP", "127.0.0.1").put("startTime", startTime).put("qosClass", "BestEffort");
    status.set("hostIPs", Json.array(List.of(Json.object("ip", "127.0.0.1"))));
    status.put("podIP", address);
    status.set("podIPs", Json.array(List.of(Json.object("ip", address))));
    if (!inits.isEmpty()) {
      status.set(
          "initContainerStatuses", Json.array(inits.stream().map(ContainerLife::status).toList()));
    }
    status.set(
        "containerStatuses", Json.array(containers.stream().map(ContainerLife::status).toList()));
    return object;
  }

  private static ObjectNode ready(
      ObjectNode status, String type, List<String> unready, String now) {
    ObjectNode condition = Conditions.of(status, type, unready.isEmpty(), now);
    if (!unready.isEmpty()) {
      String names = String.join(" ", unready);
      condition.put("reason", "ContainersNotReady");
      condition.put("message", "containers with unready status: [" + names + "]");
    }
    return condition;
  }
}
