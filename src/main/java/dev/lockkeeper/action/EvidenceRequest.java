package dev.lockkeeper.action;

import dev.lockkeeper.snapshot.PinnedContext;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keep what is seen of a Deployment and its database in a folder on this machine that nobody else
 * may read.
 *
 * @param at where the Deployment is
 * @param deployment its name
 */
public record EvidenceRequest(PinnedContext at, String deployment) implements Request {
  @Override
  public Optional<PinnedContext> pinned() {
    return Optional.of(at);
  }

  @Override
  public String summary() {
    return "keep the evidence of deployment/%s and its database".formatted(deployment);
  }

  @Override
  public String verb() {
    return "Keep the evidence";
  }

  /** What kubectl could keep of it in one command, secrets and all. */
  @Override
  public String command() {
    return at.kubectl(
        "cluster-info", "dump", "--namespaces=" + at.namespace(), "--output-directory=evidence");
  }

  @Override
  public String undo() {
    return "";
  }

  @Override
  public RequestKind kind() {
    return RequestKind.EVIDENCE;
  }

  @Override
  public Map<String, String> identity() {
    Map<String, String> data = new TreeMap<>();
    data.put(RequestKind.KEY, kind().word());
    data.put("context", at.context());
    data.put("namespace", at.namespace());
    data.put("workload", deployment);
    return data;
  }

  @Override
  public Outcome perform(Operations operations) {
    return operations.evidence().keep(this);
  }
}
