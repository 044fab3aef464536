package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Key;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Write;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The cloud that gives a Service of type LoadBalancer an address of the outside, and takes its time
 * to take it back: until then the Service is being deleted.
 */
final class LoadBalancers {
  private static final String FINALIZER = "service.kubernetes.io/load-balancer-cleanup";
  private static final Write MANAGER = Write.by("cloud-controller-manager");
  private static final double GIVING_SECONDS = 2;
  private static final double TAKING_SECONDS = 30;

  private final Control control;
  private final Set<String> leaving = new HashSet<>();
  private int next = 10;

  LoadBalancers(Control control) {
    this.control = control;
  }

  /** Learns that a Service has come or has changed. */
  void see(ObjectNode service) {
    boolean held =
        Json.each(service.at("/metadata/finalizers"))
            .anyMatch(one -> FINALIZER.equals(one.asText()));
    boolean wanted = Json.text(service, "/spec/type").equals("LoadBalancer");
    if (Control.leaving(service) && held && leaving.add(Json.uid(service))) {
      control.loop().after(control.pace().seconds(TAKING_SECONDS), () -> take(service));
    } else if (wanted && !held && !Control.leaving(service)) {
      change(
          service, MANAGER, object -> Json.metadata(object).putArray("finalizers").add(FINALIZER));
      control.loop().after(control.pace().seconds(GIVING_SECONDS), () -> give(service));
    }
  }

  private void give(ObjectNode service) {
    String address = "203.0.113." + next++;
    change(
        service,
        MANAGER.to("status"),
        object ->
            Json.child(Json.child(object, "status"), "loadBalancer")
                .set("ingress", Json.array(List.of(Json.object("ip", address, "ipMode", "VIP")))));
  }

  private void take(ObjectNode service) {
    leaving.remove(Json.uid(service));
    change(service, MANAGER, object -> Json.metadata(object).remove("finalizers"));
  }

  /** The Service may have gone meanwhile. */
  private void change(ObjectNode service, Write write, Consumer<ObjectNode> change) {
    Key key = Key.of(Resources.SERVICES, service);
    control
        .store()
        .find(key)
        .filter(now -> Json.uid(now).equals(Json.uid(service)))
        .ifPresent(
            now ->
                control
                    .store()
                    .update(
                        key,
                        write,
                        object -> {
                          change.accept(object);
                          return object;
                        }));
  }
}
