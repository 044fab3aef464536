package dev.lockkeeper.practice.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.parsing.YamlNode;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Write;
import java.util.Set;

/**
 * The controller of a HorizontalPodAutoscaler, as far as its limits go: one replica is put back to
 * the minimum, and zero is left alone, which it says as a condition. It looks every 15 seconds, as
 * the real one does.
 *
 * @param name the HorizontalPodAutoscaler
 */
public record Autoscaling(String name) implements ScenarioAction {
  private static final double SECONDS = 15;
  private static final Write WRITE = Write.by("kube-controller-manager").to("scale");

  static Autoscaling of(YamlNode node) {
    return new Autoscaling(node.only(Set.of("name")).text("name"));
  }

  @Override
  public void act(ScenarioContext stage) throws InterruptedException {
    while (true) {
      stage.autoscaler(name).ifPresent(autoscaler -> hold(stage, autoscaler));
      stage.pass(SECONDS);
    }
  }

  private static void hold(ScenarioContext stage, ObjectNode autoscaler) {
    int least = Json.number(autoscaler, "/spec/minReplicas", 1);
    int most = Json.number(autoscaler, "/spec/maxReplicas", least);
    int now = Json.number(stage.deployment(), "/spec/replicas", 1);
    int wanted = Math.max(least, Math.min(most, now));
    stage.tellAutoscaler(Json.text(autoscaler, "/metadata/name"), now == 0);
    if (now != 0 && now != wanted) {
      stage.changeDeployment(
          WRITE, deployment -> Json.child(deployment, "spec").put("replicas", wanted));
    }
  }
}
