package dev.lockkeeper.practice.charts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Key;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Store;
import dev.lockkeeper.practice.apiserver.Write;
import dev.lockkeeper.practice.charts.ReleaseRecord.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The records of the release in a namespace.
 *
 * @param store where the Secrets are
 * @param namespace the namespace
 */
public record ReleaseHistory(Store store, String namespace) {

  /** The latest revision, if Helm installed anything here. */
  public Optional<ReleaseRecord> latest() {
    return secrets().stream()
        .max(Comparator.comparingInt(secret -> Json.number(secret, "/metadata/labels/version", 0)))
        .map(ReleaseRecord::read);
  }

  private List<ObjectNode> secrets() {
    return store
        .list(
            Resources.SECRETS,
            namespace,
            secret ->
                Json.text(secret, "/metadata/labels/owner").equals("helm")
                    && Json.text(secret, "/metadata/labels/name").equals(ReleaseRecord.RELEASE))
        .items();
  }

  /** Adds a revision. When it is deployed, no earlier one is any more. */
  public void add(ReleaseRecord record) {
    if (record.status() == Status.DEPLOYED) {
      supersede();
    }
    store.create(record.secret());
  }

  private void supersede() {
    for (ObjectNode secret : secrets()) {
      ReleaseRecord earlier = ReleaseRecord.read(secret);
      if (earlier.status() == Status.DEPLOYED) {
        store.update(
            Key.of(Resources.SECRETS, secret),
            Write.by("helm"),
            any -> earlier.become(Status.SUPERSEDED).secret());
      }
    }
  }
}
