package dev.lockkeeper.action;

import dev.lockkeeper.snapshot.PinnedContext;
import dev.lockkeeper.snapshot.ShellWord;
import java.util.Map;
import java.util.Optional;

/**
 * Become the one operator who acts on a Deployment: take the Lease that nobody holds, or take it
 * over from somebody.
 *
 * @param at its context and namespace
 * @param lease its name
 * @param there whether there is such a Lease yet
 * @param from who was seen to hold it; empty when nobody did
 * @param to who shall hold it: we
 */
public record LeaseRequest(
    PinnedContext at, String lease, boolean there, Optional<String> from, String to)
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
    return from.map(holder -> "take the operator's lease over from " + holder)
        .orElse("take the operator's lease");
  }

  @Override
  public String verb() {
    return from.isPresent() ? "Take it over" : "Take the lease";
  }

  @Override
  public String command() {
    String holder = to.replace("\\", "\\\\").replace("\"", "\\\"");
    return written(there ? "replace" : "create", "\"holderIdentity\":\"%s\"".formatted(holder));
  }

  @Override
  public String undo() {
    return written("replace", "");
  }

  /** Who may create and update it, as we do, need not have the right to patch it. */
  private String written(String verb, String spec) {
    String object =
        "{\"apiVersion\":\"coordination.k8s.io/v1\",\"kind\":\"Lease\",\"metadata\":{\"name\":\"%s\"},\"spec\":{%s}}"
            .formatted(lease, spec);
    return "printf %%s %s | %s"
        .formatted(new ShellWord(object).quoted(), at.kubectl(verb, "-f", "-"));
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
        at.namespace(),
        "lease",
        lease,
        "from",
        from.orElse(""),
        "to",
        to);
  }

  /** A Lease that is there by now and held by nobody is taken like one that was not. */
  @Override
  public boolean covers(Request now) {
    return now instanceof LeaseRequest other
        && equals(new LeaseRequest(other.at, other.lease, there, other.from, other.to));
  }

  @Override
  public Outcome perform(Operations operations) {
    return operations.cluster().take(this);
  }
}
