package dev.lockkeeper.practice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Resource;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Store;
import dev.lockkeeper.practice.apiserver.Write;
import dev.lockkeeper.practice.charts.ReleaseHistory;
import dev.lockkeeper.practice.coderd.DatabaseAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** What is in a practice world's cluster from the beginning. */
final class Population {
  private Population() {}

  /** A cluster with all of them, the Deployment last. */
  static Store of(Scenario scenario, DatabaseAddress database) {
    Store store = new Store(clock(scenario));
    store.create(namespace());
    List<ObjectNode> objects = scenario.setting().installed().objects();
    objects.stream().filter(object -> !isDeployment(object)).forEach(store::create);
    store.create(secret(database));
    scenario.setting().objects().forEach(object -> byHand(store, object));
    objects.stream().filter(Population::isDeployment).forEach(store::create);
    scenario
        .setting()
        .installed()
        .record(new ReleaseHistory(store, Installed.NAMESPACE), store.now());
    return store;
  }

  /** What is in a world besides Coder was made by somebody at a terminal. */
  private static void byHand(Store store, ObjectNode object) {
    Resource resource =
        Resources.ofKind(Json.text(object, "/apiVersion"), Json.text(object, "/kind"))
            .orElseThrow();
    store.create(resource, Json.namespace(object), object, Write.by("kubectl-create"));
  }

  private static ObjectNode namespace() {
    return Json.object(
        "apiVersion",
        "v1",
        "kind",
        "Namespace",
        "metadata",
        Json.object("name", Installed.NAMESPACE));
  }

  /** The cluster's clock. */
  static Clock clock(Scenario scenario) {
    return Clock.offset(Clock.systemUTC(), Duration.ofSeconds(scenario.setting().skew()));
  }

  private static boolean isDeployment(ObjectNode object) {
    return object.path("kind").asText().equals("Deployment");
  }

  private static ObjectNode secret(DatabaseAddress database) {
    String url =
        Base64.getEncoder().encodeToString(database.url().getBytes(StandardCharsets.UTF_8));
    return Json.object(
        "apiVersion",
        "v1",
        "kind",
        "Secret",
        "metadata",
        Json.object("name", Installed.SECRET, "namespace", Installed.NAMESPACE),
        "type",
        "Opaque",
        "data",
        Json.object(Installed.SECRET_KEY, url));
  }
}
