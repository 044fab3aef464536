package dev.lockkeeper.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.action.Action;
import dev.lockkeeper.action.ChangeImage;
import dev.lockkeeper.action.EditProbe;
import dev.lockkeeper.action.EndBlockers;
import dev.lockkeeper.action.EndOrphans;
import dev.lockkeeper.action.EndRequest;
import dev.lockkeeper.action.EndSessions;
import dev.lockkeeper.action.HoldScaler;
import dev.lockkeeper.action.KeepEvidence;
import dev.lockkeeper.action.LimitConnections;
import dev.lockkeeper.action.ReleaseScaler;
import dev.lockkeeper.action.RepairDirty;
import dev.lockkeeper.action.RollBackPrepared;
import dev.lockkeeper.action.ScaleBack;
import dev.lockkeeper.action.ScaleDown;
import dev.lockkeeper.action.ScaleToZero;
import dev.lockkeeper.action.SetImage;
import dev.lockkeeper.action.TakeLease;
import dev.lockkeeper.e2e.CrashingDisk.Moment;
import dev.lockkeeper.e2e.CrashingDisk.Point;
import dev.lockkeeper.journal.Entry.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A wizard that dies at every act of a run and is resumed each time: it does nothing twice, by the
 * servers' own records, and ends where it ends undisturbed.
 *
 * <p>One flight crashes at every act, each time at another moment; so eight flights, each beginning
 * with another moment, crash at every act at every moment. One of them is flown with every build,
 * the others with {@code -Dlockkeeper.test.crashes=all}; {@code =worst} flies those that die with
 * the act done and not a word of it written, which is what is most easily repeated.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class CrashIT {
  private static final String CRASHES = "lockkeeper.test.crashes";
  private static final String DOOR = "Set the connection limit to 0";

  private static final List<Moment> CALM = List.of(new Moment(Kind.INTENDED, Point.NEVER));
  private static final List<Moment> WORST = List.of(new Moment(Kind.DONE, Point.BEFORE_WRITE));
  private static final List<Moment> MOMENTS =
      List.of(
          new Moment(Kind.DONE, Point.BEFORE_WRITE),
          new Moment(Kind.INTENDED, Point.BEFORE_WRITE),
          new Moment(Kind.DONE, Point.HALF_WAY),
          new Moment(Kind.INTENDED, Point.AFTER_FSYNC),
          new Moment(Kind.DONE, Point.BEFORE_FSYNC),
          new Moment(Kind.INTENDED, Point.HALF_WAY),
          new Moment(Kind.DONE, Point.AFTER_FSYNC),
          new Moment(Kind.INTENDED, Point.BEFORE_FSYNC));

  @TempDir Path folder;

  /** What is asked of the API server by each act, but for leases. */
  private static Map<Action, Optional<String>> writes(String image) {
    String probe = "/spec/template/spec/containers/0/livenessProbe";
    String kept = "/metadata/annotations/lockkeeper.dev~1liveness-probe";
    Map<Action, Optional<String>> writes = new HashMap<>();
    for (Action scaling : List.of(new ScaleDown(), new ScaleToZero())) {
      writes.put(scaling, Optional.of("coder/scale 200 add /spec/replicas 0"));
    }
    for (Action change : List.of(new ChangeImage(), new SetImage())) {
      writes.put(
          change, Optional.of("coder 200 replace /spec/template/spec/containers/0/image " + image));
    }
    writes.put(
        new EditProbe(EditProbe.Way.SOFTEN),
        Optional.of("coder 200 replace %s, add %s".formatted(probe, kept)));
    writes.put(
        new EditProbe(EditProbe.Way.RESTORE),
        Optional.of("coder 200 replace %s, remove %s".formatted(probe, kept)));
    writes.put(new ScaleBack(false), Optional.of("coder/scale 200 add /spec/replicas 1"));
    writes.put(new ScaleBack(true), Optional.of("coder/scale 200 add /spec/replicas 3"));
    for (Action other :
        List.of(
            new KeepEvidence(),
            new TakeLease(),
            new EndOrphans(),
            new EndBlockers(EndRequest.Manner.CANCEL),
            new EndBlockers(EndRequest.Manner.TERMINATE),
            new RollBackPrepared(),
            new LimitConnections(true),
            new LimitConnections(false),
            new EndSessions(false),
            new EndSessions(true),
            new RepairDirty())) {
      writes.put(other, Optional.empty());
    }
    return writes;
  }

  /** How a run ends that nobody disturbs. */
  enum Run {
    RECOVERY(
        Course.recovery(DOOR),
        // OrphanTest shows it: sessions from this machine's own address are nobody's for sure.
        Way.of(
            "coder-recovery",
            Orders.recovery(DOOR, "v2.27.11"),
            new EndOrphans(),
            new EditProbe(EditProbe.Way.SOFTEN),
            new EditProbe(EditProbe.Way.RESTORE)),
        "ghcr.io/coder/coder:v2.27.11",
        "schema 376 clean",
        List.of(
            "CANCEL BLOCKS_MIGRATION",
            "TERMINATE BLOCKS_MIGRATION",
            "ROLLBACK PREPARED 'billing-export-20260114-0007'",
            "ALTER DATABASE \"coder\" CONNECTION LIMIT 0",
            "TERMINATE CODERD",
            "TERMINATE CODERD",
            "TERMINATE CODERD",
            "TERMINATE DATABASE",
            "TERMINATE DATABASE",
            "ALTER DATABASE \"coder\" CONNECTION LIMIT -1",
            "UPDATE \"public\".schema_migrations SET version")),
    UPGRADE(
        Course.upgrade(),
        Way.of(
            "coder-upgrade",
            Orders.upgrade(),
            new HoldScaler(),
            new ReleaseScaler(false),
            new ReleaseScaler(true)),
        "ghcr.io/coder/coder:v2.29.3",
        "schema 401 clean",
        List.of());

    private final Course course;
    private final End end;

    Run(Course course, Way way, String image, String schema, List<String> acts) {
      this.course = course;
      this.end =
          new End(
              way.writes(CrashIT.writes(image)),
              acts,
              "3 wanted, 3 ready, " + image,
              List.of(schema, "limit -1"),
              way.steps(),
              way.acts(),
              true,
              List.of());
    }

    /** What it leaves behind. */
    End end() {
      return end;
    }

    /** Where a flight crashes that begins with this moment. */
    private List<String> crashes(List<Moment> moments) {
      List<String> acts = end.intended();
      return IntStream.range(0, acts.size())
          .mapToObj(
              act -> {
                Moment moment = moments.get(act % moments.size());
                return "%s %s %s".formatted(acts.get(act), moment.kind(), moment.point());
              })
          .toList();
    }
  }

  @Test
  void aRecoveryThatDiesAtEveryActRepeatsNothingAndEndsTheSame() throws IOException {
    dies(Run.RECOVERY, MOMENTS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  @EnabledIfSystemProperty(named = CRASHES, matches = "all")
  void everyActOfARecoveryDiesAtEveryMoment(int first) throws IOException {
    dies(Run.RECOVERY, from(first));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  @EnabledIfSystemProperty(named = CRASHES, matches = "all")
  void everyActOfAnUpgradeDiesAtEveryMoment(int first) throws IOException {
    dies(Run.UPGRADE, from(first));
  }

  @Test
  @EnabledIfSystemProperty(named = CRASHES, matches = "all|worst")
  void aRecoveryThatDiesRightAfterEachActRepeatsNone() throws IOException {
    dies(Run.RECOVERY, WORST);
  }

  @Test
  @EnabledIfSystemProperty(named = CRASHES, matches = "all|worst")
  void anUpgradeThatDiesRightAfterEachActRepeatsNone() throws IOException {
    dies(Run.UPGRADE, WORST);
  }

  @ParameterizedTest
  @EnumSource(Run.class)
  @EnabledIfSystemProperty(named = CRASHES, matches = "all")
  void undisturbedItEndsLikeThis(Run run) throws IOException {
    assertThat(fly(run, CALM).end()).isEqualTo(run.end);
  }

  private void dies(Run run, List<Moment> moments) throws IOException {
    Flight.Log log = fly(run, moments);
    assertThat(log.crashes()).containsExactlyElementsOf(run.crashes(moments));
    assertThat(log.end()).isEqualTo(run.end);
  }

  private Flight.Log fly(Run run, List<Moment> moments) throws IOException {
    assumeTrue(Terminal.isToBeHad(), "tmux is not installed");
    return new Flight(Bastion.in(folder), run.course, moments, new Stragglers()).fly();
  }

  private static List<Moment> from(int first) {
    return IntStream.range(0, MOMENTS.size())
        .mapToObj(i -> MOMENTS.get((first + i) % MOMENTS.size()))
        .toList();
  }
}
