package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.Course;
import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.snapshot.Backend;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A migrator that waits for no table's lock and does not work either: its COMMIT waits for a
 * standby, or the server waits for a client that does not take, or send, what it should.
 */
final class HeldUp {
  /** Such a wait is over in a moment where all is well. */
  private static final Duration MOMENT = Duration.ofSeconds(5);

  private HeldUp() {}

  /** What holds this migrator up; empty when it works, as far as is seen. */
  static Optional<Finding> finding(RuleInput sight, Backend migrator) {
    if (migrator.waitsForStandby()) {
      return Optional.of(byStandby(sight, migrator));
    }
    return waits(migrator, "Client") && migrator.state().filter("active"::equals).isPresent()
        ? Optional.of(byClient(sight, migrator))
        : Optional.empty();
  }

  private static boolean waits(Backend migrator, String type) {
    return migrator.activity().waitEventType().filter(type::equals).isPresent();
  }

  private static Finding byStandby(RuleInput sight, Backend migrator) {
    String headline =
        "The migration's commit waits for a synchronous standby%s"
            .formatted(since(sight, migrator));
    List<Observation> evidence =
        List.of(
            sight.inDatabase(sight.name(migrator) + " waits: IPC/SyncRep" + since(sight, migrator)),
            Observation.known(
                "on the primary it is written already; it is kept there whatever happens to this"
                    + " session"));
    String notThis =
        "end the session or restart the pod: the commit cannot be taken back, it would only stop"
            + " waiting.";
    return lasts(sight, migrator)
        ? Finding.proven(
            Kind.MIGRATOR_HELD_UP,
            Urgency.ACT,
            headline,
            evidence,
            Advice.findOut(
                "Have the standby brought back, or taken out of synchronous_standby_names by its"
                    + " administrator: then the commit continues by itself."),
            notThis)
        : Finding.likely(
            Kind.MIGRATOR_HELD_UP,
            Urgency.BEWARE,
            headline,
            evidence,
            List.of("a standby that is there and answers in a moment"),
            Advice.findOut("Look again in some seconds."),
            notThis);
  }

  private static Finding byClient(RuleInput sight, Backend migrator) {
    String event = migrator.activity().waitEvent().orElse("");
    String headline =
        "The migrator waits for its own client%s: it does not %s"
            .formatted(
                since(sight, migrator), event.equals("ClientWrite") ? "read" : "go on sending");
    List<Observation> evidence =
        List.of(
            sight.inDatabase(
                "%s is active and waits: Client/%s%s"
                    .formatted(sight.name(migrator), event, since(sight, migrator))),
            Observation.known("the server can do nothing until the client, or the network, does"));
    String notThis = "wait for it as for a migration, or end the session before you know.";
    return lasts(sight, migrator)
        ? Finding.proven(
            Kind.MIGRATOR_HELD_UP,
            Urgency.ACT,
            headline,
            evidence,
            Advice.findOut(
                "Look at its pod and at what stands between (a pooler, a proxy): does the process"
                    + " run, is its node there?",
                Finding.SUPPORT),
            notThis)
        : Finding.likely(
            Kind.MIGRATOR_HELD_UP,
            Urgency.BEWARE,
            headline,
            evidence,
            List.of("an answer that is just being sent"),
            Advice.findOut("Look again in some seconds."),
            notThis);
  }

  /** For how long the same wait was seen in every look; a COMMIT does nothing but wait. */
  private static Optional<Duration> lasting(RuleInput sight, Backend migrator) {
    Optional<Duration> seen = Course.of(sight.snapshot(), migrator).inTheSameWait();
    boolean commit =
        migrator.query().strip().toLowerCase(Locale.ROOT).matches("(?s)(commit|end)\\b.*");
    return commit ? migrator.stateAge().or(() -> seen) : seen;
  }

  private static boolean lasts(RuleInput sight, Backend migrator) {
    return lasting(sight, migrator).filter(time -> time.compareTo(MOMENT) >= 0).isPresent();
  }

  private static String since(RuleInput sight, Backend migrator) {
    return lasting(sight, migrator).map(time -> ", for " + Durations.of(time)).orElse("");
  }
}
