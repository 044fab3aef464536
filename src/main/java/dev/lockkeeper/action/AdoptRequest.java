package dev.lockkeeper.action;

import dev.lockkeeper.snapshot.HelmClaim;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.PinnedContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Let an object say that it belongs to a Helm release.
 *
 * @param at its context, and the namespace of the release
 * @param object which; its kind is one that can be looked at
 * @param uid its uid
 * @param resourceVersion its version when it was seen: any change of it since then refuses the
 *     request, so that what was absent is still absent
 * @param from what it says now
 * @param to what it shall say
 */
public record AdoptRequest(
    PinnedContext at,
    ObjectName object,
    String uid,
    String resourceVersion,
    HelmClaim from,
    HelmClaim to)
    implements Request {
  @Override
  public Optional<PinnedContext> pinned() {
    return Optional.of(at);
  }

  @Override
  public String summary() {
    return "hand %s over to the Helm release %s"
        .formatted(object.spoken(), to.release().orElse("?"));
  }

  @Override
  public String verb() {
    return "Hand it over";
  }

  @Override
  public String command() {
    return commands(from, to);
  }

  @Override
  public String undo() {
    return commands(to, from);
  }

  /** Only what differs is named, so that the way back takes away no more than was put there. */
  private String commands(HelmClaim before, HelmClaim after) {
    List<String> labels = new ArrayList<>();
    List<String> annotations = new ArrayList<>();
    Map<String, String> old = before.entries();
    Map<String, String> fresh = after.entries();
    for (String word : List.of(HelmClaim.MANAGED_BY, HelmClaim.RELEASE, HelmClaim.NAMESPACE)) {
      List<String> place = word.equals(HelmClaim.MANAGED_BY) ? labels : annotations;
      if (!fresh.containsKey(word) && old.containsKey(word)) {
        place.add(word + "-");
      } else if (fresh.containsKey(word) && !fresh.get(word).equals(old.get(word))) {
        place.add(word + "=" + fresh.get(word));
      }
    }
    List<String> commands = new ArrayList<>();
    if (!labels.isEmpty()) {
      commands.add(command("label", labels));
    }
    if (!annotations.isEmpty()) {
      commands.add(command("annotate", annotations));
    }
    return String.join(" && ", commands);
  }

  private String command(String verb, List<String> words) {
    List<String> all = new ArrayList<>(List.of(verb, object.word()));
    all.addAll(words);
    all.add("--overwrite");
    return at.in(object.namespace()).kubectl(all.toArray(String[]::new));
  }

  @Override
  public RequestKind kind() {
    return RequestKind.ADOPT;
  }

  @Override
  public Map<String, String> identity() {
    Map<String, String> data = new TreeMap<>();
    data.put(RequestKind.KEY, kind().word());
    data.put("kind", object.kind());
    data.put("name", object.name());
    data.put("namespace", object.namespace());
    data.put("uid", uid);
    data.put("resource-version", resourceVersion);
    from.entries().forEach((word, value) -> data.put("from " + word, value));
    to.entries().forEach((word, value) -> data.put("to " + word, value));
    return data;
  }

  /**
   * The version changes with every word about the object's state: it is no other act as long as the
   * object and what it says of releases are the same.
   */
  @Override
  public boolean covers(Request now) {
    return now instanceof AdoptRequest other
        && equals(
            new AdoptRequest(at, other.object, other.uid, resourceVersion, other.from, other.to));
  }

  @Override
  public Rehearsal rehearse(Operations operations) {
    return operations.cluster().rehearse(this);
  }

  @Override
  public Outcome perform(Operations operations) {
    return operations.cluster().adopt(this);
  }
}
