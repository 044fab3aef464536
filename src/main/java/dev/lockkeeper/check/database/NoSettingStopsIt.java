package dev.lockkeeper.check.database;

import dev.lockkeeper.analysis.CoderRole;
import dev.lockkeeper.analysis.SettingInForce;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.PostgresSetting;
import dev.lockkeeper.snapshot.RoleFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Nothing is set for Coder's role that ends a migration before it is done. */
public record NoSettingStopsIt() implements Check {
  /** A statement of a migration may take this long on a large table. */
  private static final Duration LONG = Duration.ofHours(1);

  /** A migrator sends its next statement sooner than this. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  @Override
  public String word() {
    return "no-setting-stops-it";
  }

  @Override
  public String question() {
    return "no setting of Coder's role stops a migration";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<RoleFacts> facts = CoderRole.facts(snapshot);
    CoderRole coder = CoderRole.of(snapshot);
    if (facts.isEmpty()) {
      return Verdict.unknown("what is set in the database cannot be read");
    }
    if (coder.name().isEmpty()) {
      return Verdict.unknown(coder.why());
    }
    List<SettingInForce> stopping = stopping(snapshot).toList();
    if (!stopping.isEmpty()) {
      return Verdict.fail(
          stopping.stream().map(SettingInForce::text).collect(Collectors.joining("; ")));
    }
    if (!facts.get().untold().isEmpty()) {
      return Verdict.unknown(
          "set for the whole server, where our role cannot see it: "
              + facts.get().untold().stream().sorted().collect(Collectors.joining(", ")));
    }
    return facts.get().urlUser().isEmpty()
        ? Verdict.unknown("what Coder's own address sets cannot be read")
        : Verdict.pass("nothing of the kind is set for the role " + coder.name().get());
  }

  private static Stream<SettingInForce> stopping(Snapshot snapshot) {
    return Stream.of(
            below(snapshot, "statement_timeout", LONG),
            below(snapshot, "transaction_timeout", LONG),
            below(snapshot, "idle_in_transaction_session_timeout", PAUSE),
            below(snapshot, "idle_session_timeout", PAUSE),
            SettingInForce.of(snapshot, "lock_timeout"),
            SettingInForce.of(snapshot, "default_transaction_read_only")
                .filter(each -> each.setting().isOn()))
        .flatMap(Optional::stream);
  }

  private static Optional<SettingInForce> below(Snapshot snapshot, String name, Duration least) {
    return SettingInForce.of(snapshot, name).filter(each -> shorter(each.setting(), least));
  }

  private static boolean shorter(PostgresSetting setting, Duration least) {
    return setting.timeout().filter(set -> set.compareTo(least) < 0).isPresent();
  }
}
