package dev.lockkeeper.action;

import java.util.Map;
import java.util.Optional;

/**
 * Become the one operator who acts on a Deployment: take the Lease that nobody holds, or take it
 * over from somebody.
 *
 * @param namespace its namespace
 * @param lease its name
 * @param from who was seen to hold it; empty when nobody did
 * @param to who shall hold it: we
 */
public record LeaseRequest(String namespace, String lease, Optional<String> from, String to)
    implements Request {
  @Override
  public String summary() {
    return from.map(holder -> "take the operator's lease over from " + holder)
        .orElse("take the operator's lease");
  }

  @Override
  public String verb() {
    return from.isPresent() ? "Take it over" : "Take the lease";
  }

  @Override
  public String command() {
    return held("\"" + to.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
  }

  @Override
  public String undo() {
    return held("null");
  }

  private String held(String holder) {
    return "kubectl patch lease/%s -n %s --type=merge -p %s"
        .formatted(
            lease, namespace, ShellWord.of("{\"spec\":{\"holderIdentity\":%s}}".formatted(holder)));
  }

  @Override
  public RequestKind kind() {
    return RequestKind.LEASE;
  }

  @Override
  public Map<String, String> identity() {
    return Map.of(
        RequestKind.KEY,
        kind().word(),
        "namespace",
        namespace,
        "lease",
        lease,
        "from",
        from.orElse(""),
        "to",
        to);
  }

  @Override
  public Outcome perform(Operations operations) {
    return operations.cluster().take(this);
  }
}
