package dev.lockkeeper.evidence;

import dev.lockkeeper.kubernetes.PracticeCluster;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What Helm keeps of its releases, all of the chart coder. */
record Releases(PracticeCluster cluster) {
  /** One revision, with Helm's word for what has become of it and what it noted. */
  void add(String name, int revision, String status, String description) {
    cluster.create(
        """
        {"apiVersion":"v1","kind":"Secret","type":"helm.sh/release.v1",
         "metadata":{"name":"sh.helm.release.v1.%1$s.v%2$d","namespace":"coder",
           "labels":{"owner":"helm","name":"%1$s","version":"%2$d","status":"%3$s"}},
         "data":{"release":"%4$s"}}
        """
            .formatted(name, revision, status, twice(record(name, revision, status, description))));
  }

  private static String record(String name, int revision, String status, String description) {
    return """
    {"name":"%s","namespace":"coder","version":%d,
     "info":{"status":"%s","description":"%s"},
     "chart":{"metadata":{"name":"coder","version":"2.26.6","appVersion":"2.26.6"}},
     "config":{"coder":{"replicaCount":2}}}
    """
        .formatted(name, revision, status, description);
  }

  /** Helm encodes it, and the API server does so once more. */
  private static String twice(String text) {
    Base64.Encoder base64 = Base64.getEncoder();
    return base64.encodeToString(base64.encode(text.getBytes(StandardCharsets.UTF_8)));
  }
}
