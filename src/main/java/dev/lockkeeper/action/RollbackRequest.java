package dev.lockkeeper.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Run {@code helm rollback}: the objects of an older revision, as they were, in a new one.
 *
 * @param place where the release is
 * @param to the revision that comes back
 * @param forceConflicts whether fields that others changed are taken back, as Helm 4 needs to be
 *     told where it applies on the server's side
 * @param seen the Deployment as it was seen
 */
public record RollbackRequest(Place place, int to, boolean forceConflicts, Seen seen)
    implements HelmRequest {
  @Override
  public String summary() {
    return "helm rollback %s to revision %d".formatted(place.release(), to);
  }

  @Override
  public String verb() {
    return "Run helm rollback";
  }

  @Override
  public List<String> words(String values) {
    List<String> words =
        new ArrayList<>(List.of("rollback", place.release(), Integer.toString(to)));
    if (forceConflicts) {
      words.add("--force-conflicts");
    }
    return List.copyOf(words);
  }

  /**
   * Helm's own dry run of a rollback prints nothing: what comes back is that revision's manifest.
   */
  @Override
  public List<String> rehearsalArguments(String values) {
    return place.located("get", "manifest", place.release(), "--revision", Integer.toString(to));
  }

  @Override
  public RequestKind kind() {
    return RequestKind.HELM_ROLLBACK;
  }

  @Override
  public Map<String, String> identity() {
    Map<String, String> data = HelmRequest.target(this);
    data.put("to-revision", Integer.toString(to));
    data.put("force-conflicts", Boolean.toString(forceConflicts));
    return data;
  }
}
