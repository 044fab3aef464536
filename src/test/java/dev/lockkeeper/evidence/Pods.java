package dev.lockkeeper.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.practice.apiserver.Deletion;
import dev.lockkeeper.practice.apiserver.Resources;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a kubelet reports of Coder's pods. */
record Pods(PracticeCluster cluster) {
  private static final String SPEC =
      """
      {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","namespace":"coder",
        "labels":{"app":"coder","tier":"server"},
        "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"coder-5d","uid":"x"}]},
       "spec":{"nodeName":"%s","containers":[{"name":"coder","image":"ghcr.io/coder/coder:v2.20.0"}%s]},
       "status":{"phase":"Running","podIP":"%s","podIPs":[{"ip":"%s"}],
         "containerStatuses":[{"name":"coder","image":"i","imageID":"i","ready":false,"restartCount":0,
           "state":{"running":{"startedAt":"%s"}}}]}}
      """;

  /** A pod that runs, alone at its address. */
  void run(String name, String address, String node) {
    run(name, address, node, "");
  }

  /** A pod with a second container beside coderd's. */
  void runWithSidecar(String name, String address, String node) {
    run(name, address, node, ",{\"name\":\"pgbouncer\",\"image\":\"pgbouncer:1\"}");
  }

  /** A pod with two addresses, as one of two families has them. */
  void runAtTwo(String name, String address, String second, String node) {
    cluster.create(
        SPEC.formatted(name, node, "", address, address + "\"},{\"ip\":\"" + second, now()));
  }

  private void run(String name, String address, String node, String more) {
    cluster.create(SPEC.formatted(name, node, more, address, address, now()));
  }

  /** Its container has ended, by the kubelet's word. */
  void end(String name) {
    cluster.status(
        Resources.PODS,
        name,
        pod ->
            state(
                pod,
                """
                {"terminated":{"exitCode":137,"reason":"Error","finishedAt":"%s"}}
                """
                    .formatted(now())));
  }

  /** Its container runs again after the end. */
  void startAgain(String name) {
    cluster.status(
        Resources.PODS,
        name,
        pod -> {
          ObjectNode status = (ObjectNode) pod.at("/status/containerStatuses/0");
          status.set("lastState", status.path("state"));
          status.put("restartCount", status.path("restartCount").asInt() + 1);
          state(pod, "{\"running\":{\"startedAt\":\"%s\"}}".formatted(now()));
        });
  }

  private static void state(ObjectNode pod, String json) {
    ((ObjectNode) pod.at("/status/containerStatuses/0")).set("state", PracticeCluster.object(json));
  }

  /** Its object is gone, and nobody said what became of the process. */
  void forget(String name) {
    String uid =
        cluster.store.get(PracticeCluster.key(Resources.PODS, name)).at("/metadata/uid").asText();
    cluster.store.delete(PracticeCluster.key(Resources.PODS, name), Deletion.atOnce(uid));
  }

  /** The kubelet has said that it stops the container of this pod. */
  void killing(String name) {
    cluster.create(
        """
        {"apiVersion":"v1","kind":"Event","metadata":{"name":"%s.k","namespace":"coder"},"type":"Normal",
         "reason":"Killing","message":"Stopping container coder","count":1,"lastTimestamp":"%s",
         "involvedObject":{"kind":"Pod","name":"%s","namespace":"coder"}}
        """
            .formatted(name, now(), name));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }
}
