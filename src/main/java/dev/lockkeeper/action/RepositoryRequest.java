package dev.lockkeeper.action;

import dev.lockkeeper.snapshot.ShellWord;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Let the operator's own helm know a chart repository, and what is in it now.
 *
 * @param name the name that it gets there
 * @param url its URL
 */
public record RepositoryRequest(String name, String url) implements Request {
  @Override
  public String summary() {
    return "let your helm know the chart repository %s as %s".formatted(url, name);
  }

  @Override
  public String verb() {
    return "Run helm repo add";
  }

  @Override
  public String command() {
    return spoken(added()) + " && " + spoken(updated());
  }

  @Override
  public String undo() {
    return spoken(List.of("repo", "remove", name));
  }

  private static String spoken(List<String> words) {
    return words.stream()
        .map(ShellWord::new)
        .map(ShellWord::quoted)
        .collect(Collectors.joining(" ", "helm ", ""));
  }

  /** What makes it known. */
  public List<String> added() {
    return List.of("repo", "add", name, url);
  }

  /** What fetches its index. */
  public List<String> updated() {
    return List.of("repo", "update", name);
  }

  @Override
  public RequestKind kind() {
    return RequestKind.HELM_REPOSITORY;
  }

  @Override
  public Map<String, String> identity() {
    return Map.of(RequestKind.KEY, kind().word(), "name", name, "url", url);
  }

  @Override
  public Outcome perform(Operations operations) {
    return operations.helm().add(this);
  }
}
