package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Consumer;

/** The probes of one container: what they have found, and when they run. */
final class ContainerProbes {
  private final Kubelet.Node node;
  private final Optional<Probe> startup;
  private final Optional<Probe> liveness;
  private final Optional<Probe> readiness;
  private final ContainerEvents events;
  private final Runnable changed;
  private final Consumer<String> unhealthy;

  private Optional<Probing> starting = Optional.empty();
  private Optional<Probing> living = Optional.empty();
  private Optional<Probing> serving = Optional.empty();
  private boolean started;
  private boolean ready;

  /**
   * @param changed told when the container has become ready, or ceased to be
   * @param unhealthy told by which probe the container must be restarted
   */
  ContainerProbes(
      Kubelet.Node node,
      JsonNode container,
      String address,
      ContainerEvents events,
      Runnable changed,
      Consumer<String> unhealthy) {
    this.node = node;
    this.startup = Probe.of(container, "startupProbe", address);
    this.liveness = Probe.of(container, "livenessProbe", address);
    this.readiness = Probe.of(container, "readinessProbe", address);
    this.events = events;
    this.changed = changed;
    this.unhealthy = unhealthy;
  }

  boolean started() {
    return started;
  }

  boolean ready() {
    return ready;
  }

  /** A container has been started: without probes it is ready at once. */
  void start() {
    started = startup.isEmpty();
    ready = started && readiness.isEmpty();
    if (started) {
      startOthers();
    } else {
      starting = startup.map(probe -> new Probing(probe, node.probing(), new Startup()));
      starting.ifPresent(probing -> probing.start(0));
    }
  }

  private void startOthers() {
    serving = readiness.map(probe -> new Probing(probe, node.probing(), new Readiness()));
    serving.ifPresent(probing -> probing.start(0));
    living = liveness.map(probe -> new Probing(probe, node.probing(), new Liveness()));
    // The kubelet's liveness clock does not begin with the container.
    double offset = node.random().nextDouble() * liveness.map(Probe::period).orElse(0);
    living.ifPresent(probing -> probing.start(offset));
  }

  /** A container that is being stopped is not killed by its probes any more. */
  void onlyReadiness() {
    starting.ifPresent(Probing::stop);
    living.ifPresent(Probing::stop);
  }

  void stop() {
    onlyReadiness();
    serving.ifPresent(Probing::stop);
    started = false;
    ready = false;
  }

  private void failed(String probe, String why) {
    events.warning("Unhealthy", probe + " probe failed: " + why);
  }

  private final class Startup implements Probing.Listener {
    @Override
    public void failed(String why) {
      ContainerProbes.this.failed("Startup", why);
    }

    @Override
    public void verdict(boolean good) {
      starting.ifPresent(Probing::stop);
      if (good) {
        started = true;
        ready = readiness.isEmpty();
        startOthers();
        changed.run();
      } else {
        unhealthy.accept("startup");
      }
    }
  }

  private final class Liveness implements Probing.Listener {
    @Override
    public void failed(String why) {
      ContainerProbes.this.failed("Liveness", why);
    }

    @Override
    public void verdict(boolean good) {
      if (!good) {
        living.ifPresent(Probing::stop);
        unhealthy.accept("liveness");
      }
    }
  }

  private final class Readiness implements Probing.Listener {
    @Override
    public void failed(String why) {
      ContainerProbes.this.failed("Readiness", why);
    }

    @Override
    public void verdict(boolean good) {
      if (ready != good) {
        ready = good;
        changed.run();
      }
    }
  }
}
