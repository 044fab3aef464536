package dev.lockkeeper.action;

import dev.lockkeeper.snapshot.PinnedContext;
import dev.lockkeeper.snapshot.ShellWord;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keep the values of a revision in a file on this machine that nobody else may read.
 *
 * @param place where the release is
 * @param revision the revision that has the operator's own values
 * @param file where they go; it must not be there yet
 */
public record ValuesRequest(HelmRequest.Place place, int revision, String file) implements Request {
  @Override
  public Optional<PinnedContext> pinned() {
    return Optional.of(place.at());
  }

  @Override
  public String summary() {
    return "keep the values of revision %d in %s".formatted(revision, file);
  }

  @Override
  public String verb() {
    return "Keep the values";
  }

  @Override
  public String command() {
    return "(umask 077 && %s > %s)"
        .formatted(place.at().helm(place.valuesWords(revision)), new ShellWord(file).quoted());
  }

  @Override
  public String undo() {
    return "rm " + new ShellWord(file).quoted();
  }

  @Override
  public RequestKind kind() {
    return RequestKind.HELM_VALUES;
  }

  @Override
  public Map<String, String> identity() {
    Map<String, String> data = new TreeMap<>();
    data.put(RequestKind.KEY, kind().word());
    data.put("context", place.at().context());
    data.put("namespace", place.at().namespace());
    data.put("release", place.release());
    data.put("revision", Integer.toString(place.revision()));
    data.put("values-revision", Integer.toString(revision));
    data.put("file", file);
    return data;
  }

  @Override
  public Outcome perform(Operations operations) {
    return operations.helm().saveValues(this);
  }
}
