package dev.lockkeeper.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.e2e.CrashingDisk.Moment;
import dev.lockkeeper.e2e.CrashingDisk.Point;
import dev.lockkeeper.journal.Entry.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
  private static final String DOOR = "Close the door to new sessions";

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

  /** How a run ends that nobody disturbs. */
  private enum Run {
    RECOVERY(
        Course.recovery(DOOR),
        new End(
            List.of(
                "coder/scale 200 add /spec/replicas 0",
                "coder 200 replace /spec/template/spec/containers/0/image"
                    + " ghcr.io/coder/coder:v2.27.11",
                "coder/scale 200 add /spec/replicas 1",
                "coder/scale 200 add /spec/replicas 3"),
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
                "UPDATE \"public\".schema_migrations SET version"),
            "3 wanted, 3 ready, ghcr.io/coder/coder:v2.27.11",
            List.of("schema 376 clean", "limit -1"),
            words(
                "1.1 1.2 2.1 2.2 2.3 3.1 3.2 3.3 3.4 3.5 4.1 4.2 4.3 4.4 4.5 4.6 4.7 4.8 4.9"
                    + " 5.1 5.2 5.3 5.4 5.5 6.0 6.1 7.1 7.1p 7.2 7.3 7.4 7.5"),
            words("2.3 3.2 3.3 3.4 4.1 4.5 4.6 4.8 4.9 5.3 5.5 6.1 7.2"),
            true,
            List.of())),
    UPGRADE(
        Course.upgrade(),
        new End(
            List.of(
                "coder/scale 200 add /spec/replicas 0",
                "coder 200 replace /spec/template/spec/containers/0/image"
                    + " ghcr.io/coder/coder:v2.29.3",
                "coder/scale 200 add /spec/replicas 1",
                "coder/scale 200 add /spec/replicas 3"),
            List.of(),
            "3 wanted, 3 ready, ghcr.io/coder/coder:v2.29.3",
            List.of("schema 401 clean", "limit -1"),
            words(
                "1.1 1.2 1.3 1.4 1.5 1.6 2.1 2.2 2.3 3.1 3.1s 3.2 3.3 4.1 4.1w 4.2 4.3 5.1 5.2 6.1w"
                    + " 6.1 6.2 6.3"),
            words("2.2 3.2 4.1w 4.2 4.3 6.1w 6.1"),
            true,
            List.of()));

    private final Course course;
    private final End end;

    Run(Course course, End end) {
      this.course = course;
      this.end = end;
    }

    private static List<String> words(String text) {
      return List.of(text.split(" "));
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
