package dev.lockkeeper.action;

import dev.lockkeeper.snapshot.PinnedContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Run helm. The Deployment is named as it was seen: another one, or one that was changed since, is
 * another request.
 */
public sealed interface HelmRequest extends Request
    permits UpgradeRequest, RollbackRequest, UninstallRequest {
  /** Where the release is. */
  Place place();

  /** The Deployment as it was seen. */
  Seen seen();

  /**
   * What helm is told, but for where.
   *
   * @param values the file with the values
   */
  List<String> words(String values);

  /**
   * What helm is told.
   *
   * @param values the file with the values
   */
  default List<String> arguments(String values) {
    return place().located(words(values));
  }

  @Override
  default Optional<PinnedContext> pinned() {
    return Optional.of(place().at());
  }

  @Override
  default String command() {
    return place().at().helm(words(""));
  }

  /** What helm undoes needs as much knowledge as what it does: there is no one command for it. */
  @Override
  default String undo() {
    return "";
  }

  /** What brings the values into a file beforehand; empty where nothing has to. */
  default List<String> valuesArguments() {
    return List.of();
  }

  /** The file that the operator's values are taken from, if they are taken from one. */
  default Optional<UpgradeRequest.Given> file() {
    return Optional.empty();
  }

  /**
   * What lets helm render the same without writing anything.
   *
   * @param values the file with the values
   */
  List<String> rehearsalArguments(String values);

  /** Whether helm renders a chart for it. */
  default boolean renders() {
    return true;
  }

  /** Whether a failure that left the newest revision what it was has changed nothing. */
  default boolean recordsBeforeItActs() {
    return true;
  }

  @Override
  default Rehearsal rehearse(Operations operations) {
    return operations.helm().rehearse(this);
  }

  /** Helm itself does not ask whether the Deployment is still the same. */
  @Override
  default Outcome perform(Operations operations) {
    return operations
        .cluster()
        .changed(this)
        .map(Outcome::refused)
        .orElseGet(() -> operations.helm().run(this));
  }

  /** What every run of helm is about, for its journal. */
  static Map<String, String> target(HelmRequest request) {
    Map<String, String> data = new TreeMap<>();
    data.put(RequestKind.KEY, request.kind().word());
    data.put("context", request.place().at().context());
    data.put("namespace", request.place().at().namespace());
    data.put("release", request.place().release());
    data.put("revision", Integer.toString(request.place().revision()));
    data.put("deployment", request.seen().name());
    data.put("uid", request.seen().uid());
    data.put("generation", Long.toString(request.seen().generation()));
    data.put("from", Integer.toString(request.seen().from()));
    data.put("image", request.seen().image());
    return data;
  }

  /**
   * Where a release is.
   *
   * @param at its context and namespace
   * @param release the release's name
   * @param revision its newest revision; 0 where there is no such release yet
   */
  record Place(PinnedContext at, String release, int revision) {
    /** What tells the newest revision. */
    public List<String> historyArguments() {
      return located("history", release, "--max", "1", "--output", "json");
    }

    /** What tells the values that were given to a revision. */
    public List<String> valuesArguments(int given) {
      return located(valuesWords(given));
    }

    /** The same but for where. */
    List<String> valuesWords(int given) {
      return List.of(
          "get", "values", release, "--revision", Integer.toString(given), "--output", "yaml");
    }

    List<String> located(String... words) {
      return located(List.of(words));
    }

    List<String> located(List<String> words) {
      List<String> all = new ArrayList<>(words);
      all.addAll(at.helmWords());
      return List.copyOf(all);
    }
  }

  /**
   * A Deployment.
   *
   * @param name its name
   * @param uid its uid
   * @param generation its generation
   * @param from the replicas that it wants
   * @param image the image that it has
   */
  record Seen(String name, String uid, long generation, int from, String image) {
    /** No Deployment at all. */
    public static Seen none(String name) {
      return new Seen(name, "", 0, 0, "");
    }
  }
}
