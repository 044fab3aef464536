package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Logs;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A container of a pod through all its incarnations.
 *
 * <pre>
 *   pull -&gt; create -&gt; run -&gt; end -&gt; (back off) -&gt; create -&gt; ...
 * </pre>
 */
final class ContainerLife {
  private static final double CREATE_SECONDS = 0.5;
  private static final double RETRY_SECONDS = 10;
  private static final int CANNOT_START = 128;

  private final Kubelet.Node node;
  private final ObjectNode pod;
  private final String address;
  private final JsonNode spec;
  private final Runnable changed;
  private final boolean once;
  private final ContainerEvents events;
  private final ContainerProbes probes;
  private final ImagePull pull;

  private ObjectNode state = ContainerState.waiting("ContainerCreating");
  private ObjectNode lastState = ContainerState.none();
  private Optional<Incarnation> running = Optional.empty();
  private Optional<Loop.Timer> next = Optional.empty();
  private Optional<Loop.Timer> grace = Optional.empty();
  private Optional<Loop.Timer> complaint = Optional.empty();
  private BackOff backOff = BackOff.none();
  private String containerId = "";
  private int restarts;
  private boolean stopping;
  private boolean completed;

  /** One run. */
  private record Incarnation(Container container, Logs.Incarnation log, Instant since) {}

  /**
   * @param once whether it is not started again when it has ended well: an init container
   * @param changed told when the status is another one
   */
  ContainerLife(
      Kubelet.Node node,
      ObjectNode pod,
      String address,
      JsonNode spec,
      boolean once,
      Runnable changed) {
    this.once = once;
    this.node = node;
    this.pod = pod;
    this.address = address;
    this.spec = spec;
    this.changed = changed;
    this.events = new ContainerEvents(node.control().events(), pod, spec);
    this.probes = new ContainerProbes(node, spec, address, events, changed, this::unhealthy);
    this.pull =
        new ImagePull(
            node, image(), events, this::in, this::waits, () -> in(CREATE_SECONDS, this::create));
  }

  String name() {
    return spec.path("name").asText();
  }

  private String image() {
    return spec.path("image").asText();
  }

  boolean everStarted() {
    return !containerId.isEmpty();
  }

  /** Whether it has ended well and is not started again. */
  boolean completed() {
    return completed;
  }

  boolean runs() {
    return running.isPresent();
  }

  boolean ready() {
    return runs() && probes.ready();
  }

  private void in(double seconds, Runnable step) {
    next.ifPresent(Loop.Timer::cancel);
    next = Optional.of(node.control().loop().after(node.control().pace().seconds(seconds), step));
  }

  void begin() {
    pull.begin();
  }

  private void waits(ObjectNode waiting) {
    state = waiting;
    changed.run();
  }

  private void create() {
    try {
      var environment = Environment.of(node.control().store(), pod, address, spec);
      run(new ContainerRuntime.Spec(Json.name(pod), address, image(), environment));
    } catch (Environment.Missing missing) {
      state = ContainerState.waiting("CreateContainerConfigError", missing.getMessage());
      events.warning("Failed", "Error: " + missing.getMessage());
      changed.run();
      in(RETRY_SECONDS, this::create);
    }
  }

  private void run(ContainerRuntime.Spec what) {
    if (everStarted()) {
      restarts++;
    }
    containerId = "containerd://" + UUID.randomUUID().toString().replace("-", "").repeat(2);
    events.normal("Created", "Created container: " + name());
    Logs.Incarnation log = node.logs().begin(Json.uid(pod), name());
    try {
      Container container = node.runtime().start(what, log::add);
      running = Optional.of(new Incarnation(container, log, node.control().now()));
    } catch (RuntimeException broken) {
      cannotStart(log, broken);
      return;
    }
    state = ContainerState.running(node.control().now());
    events.normal("Started", "Started container " + name());
    probes.start();
    changed.run();
  }

  private void cannotStart(Logs.Incarnation log, RuntimeException why) {
    log.add(String.valueOf(why.getMessage()));
    log.end();
    events.warning("Failed", "Error: failed to start container \"" + name() + "\"");
    Instant now = node.control().now();
    state = ContainerState.terminated(CANNOT_START, now, now, containerId);
    again(backOff);
    changed.run();
  }

  /** Looks whether it has ended. */
  void look() {
    OptionalInt code = running.map(one -> one.container().exitCode()).orElse(OptionalInt.empty());
    code.ifPresent(this::ended);
  }

  private void ended(int code) {
    Incarnation run = running.orElseThrow();
    running = Optional.empty();
    grace.ifPresent(Loop.Timer::cancel);
    grace = Optional.empty();
    probes.stop();
    run.log().end();
    Instant now = node.control().now();
    state =
        run.container().outOfMemory()
            ? ContainerState.terminated(code, "OOMKilled", run.since(), now, containerId)
            : ContainerState.terminated(code, run.since(), now, containerId);
    completed = once && code == 0;
    if (!stopping && !completed) {
      double ran = Duration.between(run.since(), now).toMillis() / 1000.0;
      again(backOff.after(ran * node.control().pace().factor()));
    }
    changed.run();
  }

  private void again(BackOff wait) {
    lastState = state;
    backOff = wait.next();
    if (wait.seconds() == 0) {
      in(1, pull::begin);
      return;
    }
    state =
        ContainerState.waiting(
            "CrashLoopBackOff",
            "back-off %s restarting failed container=%s pod=%s"
                .formatted(duration(wait.seconds()), name(), events.podName()));
    in(wait.seconds(), pull::begin);
    complain();
  }

  /** As Go writes durations: 20s, 2m40s. */
  private static String duration(int seconds) {
    return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
  }

  private void complain() {
    if (!stopping && state.has("waiting")) {
      events.warning(
          "BackOff",
          "Back-off restarting failed container %s in pod %s".formatted(name(), events.podName()));
      complaint.ifPresent(Loop.Timer::cancel);
      complaint =
          Optional.of(
              node.control().loop().after(node.control().pace().seconds(12), this::complain));
    }
  }

  private void unhealthy(String which) {
    if (runs() && grace.isEmpty()) {
      events.normal(
          "Killing", "Container %s failed %s probe, will be restarted".formatted(name(), which));
      int seconds = Json.number(pod, "/spec/terminationGracePeriodSeconds", 30);
      terminate();
      grace =
          Optional.of(
              node.control().loop().after(node.control().pace().seconds(seconds), this::kill));
    }
  }

  private void terminate() {
    running.ifPresent(one -> one.container().terminate());
  }

  /** SIGTERM, and no restart any more. */
  void stop() {
    stopping = true;
    next.ifPresent(Loop.Timer::cancel);
    probes.onlyReadiness();
    if (runs()) {
      events.normal("Killing", "Stopping container " + name());
      terminate();
    }
  }

  /** SIGKILL. */
  void kill() {
    running.ifPresent(one -> one.container().kill());
  }

  /** SIGKILL, and nobody looks any more. */
  void abandon() {
    stopping = true;
    next.ifPresent(Loop.Timer::cancel);
    grace.ifPresent(Loop.Timer::cancel);
    probes.stop();
    kill();
    running.ifPresent(one -> one.log().end());
    running = Optional.empty();
  }

  ObjectNode status() {
    ObjectNode status =
        Json.object(
            "name", name(),
            "state", state.deepCopy(),
            "lastState", lastState.deepCopy(),
            "ready", ready(),
            "restartCount", restarts,
            "image", image(),
            "imageID", everStarted() ? image() : "",
            "started", runs() && probes.started());
    if (everStarted()) {
      status.put("containerID", containerId);
    }
    return status;
  }
}
