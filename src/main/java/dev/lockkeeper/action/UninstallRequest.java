package dev.lockkeeper.action;

import java.util.List;
import java.util.Map;

/**
 * Run {@code helm uninstall}: everything that the release made goes away, and its history.
 *
 * @param place where the release is
 * @param chart the chart's version that is installed
 * @param addresses the Services that are reached from outside, which may get another address
 * @param seen the Deployment as it was seen
 */
public record UninstallRequest(Place place, String chart, String addresses, Seen seen)
    implements HelmRequest {
  @Override
  public String summary() {
    return "helm uninstall %s, with all that it made".formatted(place.release());
  }

  @Override
  public String verb() {
    return "Run helm uninstall";
  }

  @Override
  public List<String> words(String values) {
    return List.of("uninstall", place.release());
  }

  @Override
  public List<String> rehearsalArguments(String values) {
    return place.located("uninstall", place.release(), "--dry-run");
  }

  @Override
  public boolean renders() {
    return false;
  }

  /** It marks the newest revision, deletes one object after the other, and the history last. */
  @Override
  public boolean recordsBeforeItActs() {
    return false;
  }

  @Override
  public RequestKind kind() {
    return RequestKind.HELM_UNINSTALL;
  }

  @Override
  public Map<String, String> identity() {
    Map<String, String> data = HelmRequest.target(this);
    data.put("chart", chart);
    data.put("addresses", addresses);
    return data;
  }
}
