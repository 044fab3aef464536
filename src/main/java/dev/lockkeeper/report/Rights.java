package dev.lockkeeper.report;

import dev.lockkeeper.check.Guard.Strength;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.snapshot.Right;
import java.util.List;

/** What it means to have a right, and what is missing without it. */
final class Rights {
  private Rights() {}

  /** {@code may get, patch deployments/scale (coder)}. */
  static String question(Right right) {
    String name = right.name().isEmpty() ? "" : " (" + right.name() + ")";
    return "may %s %s%s".formatted(String.join(", ", right.verbs()), right.resource(), name);
  }

  /** {@code may-scale-deployments/scale}: for programs, and never changed. */
  static String id(Right right) {
    return "may-%s-%s".formatted(ReportText.of(right.use()), right.resource());
  }

  static Strength strength(Right right) {
    return switch (right.use()) {
      case WATCH, SCALE -> Strength.MUST;
      case CHANGE_IMAGE,
          CHANGE_PROBE,
          HOLD_LEASE,
          SEE_SCALERS,
          HOLD_SCALERS,
          ASK_SERVERS,
          READ_LOGS,
          FIND_DATABASE,
          READ_RELEASES,
          RUN_HELM,
          SEE_SERVICES,
          IDENTIFY ->
          Strength.SHOULD;
    };
  }

  static Verdict verdict(Right right) {
    if (!right.denied().isKnown()) {
      return Verdict.unknown(right.denied().reason());
    }
    List<String> denied = right.denied().value().orElseThrow();
    return denied.isEmpty()
        ? Verdict.pass("allowed")
        : Verdict.fail(
            "no right to %s: %s".formatted(String.join(" and ", denied), missing(right.use())));
  }

  private static String missing(Right.Use use) {
    return switch (use) {
      case WATCH -> "the upgrade cannot be followed";
      case SCALE -> "neither scaling down nor scaling back can be done from here";
      case CHANGE_IMAGE -> "run the upgrade yourself (step 4.1), the wizard follows it";
      case CHANGE_PROBE -> "a liveness probe that kills the migration must be taken out elsewhere";
      case HOLD_LEASE -> "two operators can act at the same time without noticing";
      case SEE_SCALERS -> "whether an HPA changes the replica count stays unknown";
      case HOLD_SCALERS -> "pause what changes the replicas yourself: step 3.1s shows the commands";
      case ASK_SERVERS -> "which version the running servers have stays unknown";
      case READ_LOGS -> "why a pod fails to migrate is not told: read its log yourself";
      case FIND_DATABASE -> "give the URL by CODER_PG_CONNECTION_URL";
      case READ_RELEASES ->
          "the Helm release stays unknown, so the wizard offers its other ways to upgrade (step"
              + " 4.1)";
      case RUN_HELM ->
          "helm could not write down what it does, or not to its end: choose another way (step"
              + " 4.1)";
      case SEE_SERVICES ->
          "the public address of web-ingress stays unknown: look at the services with kubectl";
      case IDENTIFY -> "another cluster with the same names would not be noticed";
    };
  }
}
