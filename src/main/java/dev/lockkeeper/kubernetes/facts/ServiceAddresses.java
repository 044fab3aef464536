package dev.lockkeeper.kubernetes.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Resource;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.ServiceAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads the Services of a namespace, of which one has the public address of a Coder v1. */
public final class ServiceAddresses {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int MOST = 50;

  private final ApiServer api;
  private final Resource services;

  public ServiceAddresses(ApiServer api, String namespace) {
    this.api = api;
    this.services = Resource.core(namespace, "services");
  }

  /** Never fails, but may not know. */
  public CompletableFuture<Observed<List<ServiceAddress>>> read() {
    return api.get(services.path(), LIMIT)
        .thenApply(ServiceAddresses::read)
        .exceptionally(failure -> unknown("no answer about services"));
  }

  private static Observed<List<ServiceAddress>> read(Answer answer) {
    if (answer.refused()) {
      return unknown("may not list services");
    }
    if (!answer.isList()) {
      return unknown("could not list services: %d".formatted(answer.code()));
    }
    List<ServiceAddress> found = new ArrayList<>();
    for (JsonNode item : answer.json().path("items")) {
      if (found.size() < MOST) {
        found.add(one(item));
      }
    }
    return Observed.known(List.copyOf(found), SteadyClock.now());
  }

  private static ServiceAddress one(JsonNode item) {
    List<String> given = new ArrayList<>();
    for (JsonNode each : item.at("/status/loadBalancer/ingress")) {
      given.add(each.path("ip").asText(each.path("hostname").asText("")));
    }
    String type = item.at("/spec/type").asText("ClusterIP");
    String inside = type.equals("LoadBalancer") ? "" : item.at("/spec/clusterIP").asText("");
    return new ServiceAddress(
        item.at("/metadata/name").asText(),
        type,
        given.isEmpty() ? inside : String.join(", ", given),
        item.at("/metadata/deletionTimestamp").isTextual());
  }

  private static Observed<List<ServiceAddress>> unknown(String reason) {
    return Observed.unknown(reason, SteadyClock.now());
  }
}
