package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.SettingInForce;
import dev.lockkeeper.diagnosis.Finding.Kind;
import java.util.List;
import java.util.Optional;

/** The server takes no writes from this session: a standby, or a default that says read only. */
final class FailedForPlace {
  private static final String PARAMETER = "default_transaction_read_only";
  private static final String NOT_THIS =
      "look for wrong data, or go back to another image: no coderd can migrate there.";

  private FailedForPlace() {}

  static Finding finding(FailedAttempt attempt) {
    RuleInput sight = attempt.sight();
    if (standby(sight)) {
      return finding(
          attempt,
          sight.inDatabase("the server that we see is a standby"),
          Advice.findOut(
              "Have Coder's address point to the primary (CODER_PG_CONNECTION_URL), or find out"
                  + " which server is the primary now."));
    }
    Optional<SettingInForce> set = SettingInForce.of(sight.snapshot(), PARAMETER);
    return set.isPresent() ? set(attempt, set.get()) : unseen(attempt);
  }

  private static boolean standby(RuleInput sight) {
    return sight.snapshot().freshDatabase().filter(seen -> seen.identity().standby()).isPresent();
  }

  private static Finding set(FailedAttempt attempt, SettingInForce set) {
    return finding(
        attempt,
        attempt.sight().inDatabase(set.text()),
        Advice.act("Lift it (%s), then start again.".formatted(set.undo())));
  }

  private static Finding finding(FailedAttempt attempt, Observation proof, Advice advice) {
    return Finding.proven(
        Kind.READ_ONLY_DATABASE,
        attempt.urgency(true),
        attempt.headline(),
        attempt.evidence(List.of(proof)),
        advice,
        NOT_THIS);
  }

  private static Finding unseen(FailedAttempt attempt) {
    return Finding.likely(
        Kind.READ_ONLY_DATABASE,
        attempt.urgency(false),
        attempt.headline(),
        attempt.evidence(
            List.of(
                attempt
                    .sight()
                    .inDatabase(
                        "the server that we see is no standby, and nothing is seen that sets %s"
                            .formatted(PARAMETER)))),
        List.of(
            "Coder's address leads to a standby, and ours to the primary",
            "%s where our role cannot see it, or lifted meanwhile".formatted(PARAMETER)),
        Advice.findOut(
            "Compare the host in CODER_PG_CONNECTION_URL with the one that we see, and look at"
                + " the defaults of Coder's role (\\drds)."),
        NOT_THIS);
  }
}
