package dev.lockkeeper.action;

import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.PinnedContext;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Delete the Secret in which Helm keeps one revision of a release: for Helm that revision was never
 * tried, and nothing that runs is touched.
 *
 * @param at its context and namespace
 * @param release the release
 * @param revision the revision
 * @param status what Helm says of it
 * @param secret the Secret as it was seen: one that was written since is another one
 */
public record ForgetRequest(
    PinnedContext at, String release, int revision, String status, HelmRelease.Secret secret)
    implements Request {
  /** Its namespace. */
  public String namespace() {
    return at.namespace();
  }

  @Override
  public Optional<PinnedContext> pinned() {
    return Optional.of(at);
  }

  @Override
  public String summary() {
    return "forget revision %d of the release %s (%s)".formatted(revision, release, status);
  }

  @Override
  public String verb() {
    return "Forget the revision";
  }

  @Override
  public String command() {
    return at.kubectl("delete", "secret/" + secret.name());
  }

  /** What stood in it is known to Helm alone. */
  @Override
  public String undo() {
    return "";
  }

  @Override
  public RequestKind kind() {
    return RequestKind.HELM_FORGET;
  }

  @Override
  public Map<String, String> identity() {
    Map<String, String> data = new TreeMap<>();
    data.put(RequestKind.KEY, kind().word());
    data.put("namespace", at.namespace());
    data.put("release", release);
    data.put("revision", Integer.toString(revision));
    data.put("status", status);
    data.put("secret", secret.name());
    data.put("uid", secret.uid());
    data.put("resource-version", secret.resourceVersion());
    return data;
  }

  @Override
  public Rehearsal rehearse(Operations operations) {
    return operations.cluster().rehearse(this);
  }

  @Override
  public Outcome perform(Operations operations) {
    return operations.cluster().forget(this);
  }
}
