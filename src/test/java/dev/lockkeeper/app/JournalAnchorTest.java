package dev.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.LeaseRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.cli.Lockkeeper;
import dev.lockkeeper.files.JournalFile;
import dev.lockkeeper.files.Runs;
import dev.lockkeeper.journal.Anchor;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Head;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.config.ClusterOptions;
import dev.lockkeeper.kubernetes.lease.LeaseElector;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.worlds.WorldClient;
import dev.lockkeeper.worlds.WorldOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal whose head was left in the operator's Lease. */
class JournalAnchorTest {
  private static final Instant AT = Instant.parse("2026-11-21T22:00:00Z");

  @TempDir Path state;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void theLeaseTellsWhetherTheEndWasCutOff() throws Exception {
    WorldClient world =
        WorldClient.start(WorldClient.newDirectory(), WorldOptions.defaults().withPace(20));
    try {
      world.awaitReady(line -> {});
      world.hold();
      Path journal = begun(AT, world.kubeconfig());
      leaveHead(world, journal);
      assertThat(verify(journal)).isZero();
      assertThat(printed()).contains("✔ INTACT", "to the head in lease/lockkeeper-coder");

      try (JournalFile file = JournalFile.open(journal)) {
        file.append(Entry.left(AT, ""));
      }
      assertThat(verify(journal)).isEqualTo(2);
      assertThat(printed()).contains("up to line 2, where the head in lease/lockkeeper-coder");

      Path another = begun(AT.plusSeconds(5), world.kubeconfig());
      assertThat(verify(another)).isEqualTo(2);
      assertThat(printed()).contains("lockkeeper-coder holds no head of this run");

      Files.write(journal, Files.readAllLines(journal).subList(0, 1));
      assertThat(verify(journal)).isEqualTo(1);
      assertThat(printed()).contains("✖ BROKEN", "the end was cut off or changed");
    } finally {
      world.leave();
    }
  }

  @Test
  void aClusterThatCannotBeAskedLeavesTheEndOpen() throws IOException {
    Path journal = begun(AT, state.resolve("gone"));
    assertThat(verify(journal)).isEqualTo(2);
    assertThat(printed()).contains("END NOT ANCHORED", "the cluster cannot be asked");
  }

  private Path begun(Instant at, Path kubeconfig) throws IOException {
    try (JournalFile file = runs().begin("coder-upgrade", at)) {
      file.append(
          Entry.started(
              at,
              "coder-upgrade",
              Map.of(
                  "deployment", "coder",
                  "namespace", "coder",
                  "kubeconfig", kubeconfig.toString())));
      file.append(Entry.remembered(at, "replicas", "3"));
      return file.path();
    }
  }

  /** As a wizard does that takes the seat, writes its journal, and leaves. */
  private static void leaveHead(WorldClient world, Path journal) throws Exception {
    String run = Runs.name(journal);
    Head head;
    try (JournalFile file = JournalFile.open(journal)) {
      head = file.head();
    }
    ClusterOptions options =
        new ClusterOptions(
            Optional.of(world.kubeconfig()), Optional.empty(), Optional.of("coder"), "coder");
    try (ClusterConnection connection = ClusterConnection.open(options, Map.of())) {
      LeaseElector seat = connection.operator("ann@bastion " + run);
      LeaseRequest request =
          new LeaseRequest(
              Contexts.in("coder"),
              "lockkeeper-coder",
              false,
              Optional.empty(),
              "ann@bastion " + run);
      // A busy machine may not answer in time, which is refused.
      Awaitility.await()
          .until(() -> connection.operations().take(request).result() == Outcome.Result.DONE);
      seat.anchor(new Anchor(run, head).text());
      assertThat(seat.release()).isTrue();
    }
  }

  private Runs runs() {
    return Runs.of(Map.of("XDG_STATE_HOME", state.toString()), state);
  }

  private int verify(Path journal) {
    out.reset();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Start start =
        new Start(Map.of("LANG", "C.UTF-8", "XDG_STATE_HOME", state.toString()), stream, stream);
    String[] words = {"journal", "verify", Runs.name(journal)};
    return Lockkeeper.run(start, new PrintWriter(new StringWriter(), true), words);
  }

  /** Without the breaks that the width makes. */
  private String printed() {
    return String.join(" ", out.toString(StandardCharsets.UTF_8).split("\\s+"));
  }
}
