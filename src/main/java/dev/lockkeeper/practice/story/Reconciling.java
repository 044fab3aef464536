package dev.lockkeeper.practice.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.parsing.YamlNode;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Write;
import java.util.Optional;
import java.util.Set;

/**
 * The controller of an Application of Argo CD that keeps the Deployment at what its repository
 * says, zero or not, as long as the Application is there and heals by itself. It takes a few
 * seconds to see a difference.
 *
 * @param application the Application
 * @param replicas the replica count in the repository
 * @param by who it is, as managedFields names it
 */
public record Reconciling(String application, int replicas, String by) implements ScenarioAction {
  private static final double SECONDS = 5;

  static Reconciling of(YamlNode node) {
    node.only(Set.of("application", "replicas", "by"));
    return new Reconciling(
        node.text("application"), (int) node.at("replicas").number(), node.text("by"));
  }

  @Override
  public void act(ScenarioContext stage) throws InterruptedException {
    while (true) {
      stage.pass(SECONDS);
      if (heals(stage.application(application))
          && Json.number(stage.deployment(), "/spec/replicas", 1) != replicas) {
        stage.changeDeployment(
            Write.by(by), deployment -> Json.child(deployment, "spec").put("replicas", replicas));
      }
    }
  }

  private static boolean heals(Optional<ObjectNode> application) {
    JsonNode automated =
        application.map(found -> found.at("/spec/syncPolicy/automated")).orElseGet(Json::object);
    return automated.path("selfHeal").asBoolean() && automated.path("enabled").asBoolean(true);
  }
}
