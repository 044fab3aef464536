package brokenhouse.practice;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.zjsonpatch.JsonPatch;

/** Takes more from fabric8 than the patches that it may take. */
record Shortcut(KubernetesClient client, JsonPatch patch) {}
