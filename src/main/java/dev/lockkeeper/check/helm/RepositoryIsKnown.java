package dev.lockkeeper.check.helm;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.Snapshot;

/** The operator's own helm, where there is one, has a name for the chart repository (C50). */
public record RepositoryIsKnown() implements Check {
  private static final String OCI = "oci://";

  @Override
  public String word() {
    return "repository-is-known";
  }

  @Override
  public String question() {
    return "your helm knows the chart repository";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return snapshot
        .freshHelm()
        .map(RepositoryIsKnown::judged)
        .orElseGet(() -> Verdict.unknown(HelmIsAtHand.why(snapshot)));
  }

  private static Verdict judged(Helm helm) {
    if (!helm.own()) {
      return Verdict.pass("you have no helm on this machine, and the wizard needs none");
    }
    if (helm.repository().startsWith(OCI)) {
      return Verdict.pass("registries have no list");
    }
    if (helm.charts().repositories().isEmpty()) {
      return Verdict.unknown("helm repo list was not read yet");
    }
    return helm.alias()
        .map(each -> Verdict.pass("%s is %s".formatted(each.name(), each.url())))
        .orElseGet(() -> Verdict.fail("none of its repositories is " + helm.repository()));
  }
}
