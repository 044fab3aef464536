package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.SettingInForce;
import dev.lockkeeper.diagnosis.Finding.Kind;
import java.util.List;
import java.util.Optional;

/** A parameter of PostgreSQL ended the migration: the data are fine. */
final class FailedBySetting {
  private static final String NOT_THIS =
      "go back to another image for this: the data are fine, and the next upgrade fails for the"
          + " same reason.";

  private FailedBySetting() {}

  static Finding finding(FailedAttempt attempt) {
    String parameter = attempt.sql().parameter().orElseThrow();
    Optional<SettingInForce> set = SettingInForce.of(attempt.sight().snapshot(), parameter);
    if (set.isEmpty()) {
      return SettingInForce.isUnset(attempt.sight().snapshot(), parameter)
          ? lifted(attempt, parameter)
          : unseen(attempt, parameter);
    }
    List<Observation> evidence =
        attempt.evidence(List.of(attempt.sight().inDatabase(set.get().text())));
    String advice =
        "Lift it (%s), then start again; open sessions keep the old value."
            .formatted(set.get().undo());
    return attempt.sql().inWords()
        ? Finding.proven(
            Kind.SETTING_ENDS_MIGRATION,
            attempt.urgency(true),
            attempt.headline(),
            evidence,
            Advice.act(advice),
            NOT_THIS)
        : Finding.likely(
            Kind.SETTING_ENDS_MIGRATION,
            attempt.urgency(true),
            attempt.headline(),
            evidence,
            List.of("somebody who cancelled this one statement"),
            Advice.findOut("Ask who cancelled it. If nobody did: " + advice),
            NOT_THIS);
  }

  private static Finding lifted(FailedAttempt attempt, String parameter) {
    return Finding.likely(
        Kind.SETTING_ENDS_MIGRATION,
        attempt.urgency(false),
        attempt.headline(),
        attempt.evidence(
            List.of(
                attempt
                    .sight()
                    .inDatabase(
                        "%s is set nowhere now that counts for Coder's role"
                            .formatted(parameter)))),
        List.of("it was lifted meanwhile", "the pod's environment sets it (PGOPTIONS)"),
        Advice.findOut(
            "Look whether the next attempt gets further; if not, look at the pod's environment."),
        NOT_THIS);
  }

  private static Finding unseen(FailedAttempt attempt, String parameter) {
    return Finding.likely(
        Kind.SETTING_ENDS_MIGRATION,
        attempt.urgency(false),
        attempt.headline(),
        attempt.evidence(List.of()),
        List.of(
            "%s set for the whole server, where our role cannot see it".formatted(parameter),
            "%s in Coder's own address or the pod's environment".formatted(parameter)),
        Advice.findOut(
            ("Find out where %s is set for Coder's role (\\drds, SHOW as that role,"
                    + " CODER_PG_CONNECTION_URL), have it lifted, then start again.")
                .formatted(parameter)),
        NOT_THIS);
  }
}
