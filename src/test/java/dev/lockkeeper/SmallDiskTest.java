package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.files.Storage;
import dev.lockkeeper.files.TouchedChannel;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.live.OneAct;
import dev.lockkeeper.worlds.WorldClient;
import dev.lockkeeper.worlds.WorldOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run whose journal is on a real file system of 64 KB, which fills up: before an intention is
 * written, and between an intention and its outcome. Where none can be mounted it is skipped.
 */
@Timeout(240)
class SmallDiskTest {
  /** A file takes whole pages: what is left of its last one, nobody else can fill. */
  private static final int PAGE = 4096;

  /** Less than any line of a journal takes. */
  private static final int LITTLE = 60;

  private WorldClient world;

  @TempDir static Path folder;
  @TempDir Path elsewhere;
  private final Filling disk = new Filling();

  /** Passes all on to the small disk, and fills it when an intention is on it. */
  private static final class Filling implements TouchedChannel.Hand {
    private volatile boolean armed;
    private volatile int intention;
    private boolean intends;

    @Override
    public int write(ByteBuffer bytes, FileChannel real) throws IOException {
      String line = StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
      if (line.contains("\"INTENDED\"")) {
        intends = true;
        intention = bytes.remaining();
      }
      return real.write(bytes);
    }

    @Override
    public void force(FileChannel real) throws IOException {
      real.force(true);
      if (armed && intends) {
        fill();
      }
      intends = false;
    }

    @Override
    public void truncate(long size, FileChannel real) throws IOException {
      real.truncate(size);
    }
  }

  @BeforeAll
  static void mount() throws Exception {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.toString()),
        "no small file system can be mounted by this user");
  }

  /** One for each test: what the one before did is not what this one finds. */
  @BeforeEach
  void enterWorld() throws Exception {
    world = WorldClient.start(WorldClient.newDirectory(), WorldOptions.defaults().withPace(20));
    world.awaitReady(line -> {});
    world.hold();
  }

  @AfterAll
  static void unmount() throws Exception {
    run("umount", "-l", folder.toString());
  }

  private static boolean run(String... words) throws Exception {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  private static Path filler() {
    return folder.resolve("filler");
  }

  private static void fill() {
    try (OutputStream all = Files.newOutputStream(filler())) {
      while (true) {
        all.write(new byte[PAGE]);
      }
    } catch (IOException full) {
      // That is what is wanted.
    }
  }

  @BeforeEach
  void makeRoom() throws IOException {
    Files.deleteIfExists(filler());
  }

  /** A journal of before takes the next one's room. */
  @AfterEach
  void empty() throws Exception {
    makeRoom();
    world.leave();
    run("find", folder.toString(), "-mindepth", "1", "-delete");
  }

  @Test
  void whatWasDoneToTheClusterIsKeptUntilThereIsRoom() throws Exception {
    try (OneAct operator = begins("cluster", "action: scale-to-zero").takesTheLease()) {
      keptUntilThereIsRoom(operator);
      assertThat(operator.state().snapshot().freshCluster().orElseThrow().deployment())
          .get()
          .satisfies(deployment -> assertThat(deployment.replicas()).isZero());
    }
  }

  @Test
  void whatWasDoneToTheDatabaseIsKeptUntilThereIsRoom() throws Exception {
    try (Contention there = new Contention(world.databaseUrl());
        OneAct operator = begins("database", "action: end-blockers").takesTheLease()) {
      operator.until(state -> !state.snapshot().freshDatabase().orElseThrow().waits().isEmpty());
      keptUntilThereIsRoom(operator);
      assertThat(there.blockerLives()).isFalse();
    }
  }

  @Test
  void whatWasDoneByHelmIsKeptUntilThereIsRoom() throws Exception {
    Path helm = Files.createDirectory(elsewhere.resolve("helm"));
    Path run = Files.createDirectories(folder.resolve("helm"));
    try (OneAct operator =
        OneAct.withHelm(world, run, "action: keep-values", this::filling, helm).takesTheLease()) {
      operator.until(state -> state.snapshot().freshHelm().isPresent());
      keptUntilThereIsRoom(operator);
      try (Stream<Path> kept = Files.list(helm)) {
        assertThat(kept.map(each -> each.getFileName().toString()))
            .anyMatch(name -> name.matches("values-[0-9]+\\.yaml"));
      }
    }
  }

  private OneAct begins(String name, String act) throws Exception {
    Path run = Files.createDirectories(folder.resolve(name));
    return OneAct.begins(world, run, act, this::filling);
  }

  private FileChannel filling(Path file) throws IOException {
    return new TouchedChannel(Storage.ofThisMachine().open(file), disk);
  }

  private void keptUntilThereIsRoom(OneAct operator) throws Exception {
    leaves(operator.isAsked(), LITTLE);
    fill();
    operator.confirms();
    assertThat(operator.outcome()).contains("so nothing is done", "No space left on device");
    makeRoom();

    leaves(operator.isAsked(), disk.intention + LITTLE);
    disk.armed = true;
    operator
        .confirms()
        .until(state -> state.pending().filter(act -> !act.expected() && act.sent()).isPresent());
    assertThat(operator.words())
        .contains(
            "Done; not in the journal yet: ",
            "cannot be written: No space left on device. The outcome")
        .doesNotContain("nothing is done");
    assertThat(operator.unwritten()).extracting(Entry::kind).containsExactly(Entry.Kind.DONE);
    TimeUnit.MILLISECONDS.sleep(2500);
    assertThat(operator.state().pending()).as("it is still kept").isPresent();

    disk.armed = false;
    makeRoom();
    operator.until(state -> state.pending().isEmpty());
    assertThat(operator.unwritten()).isEmpty();
    assertThat(operator.written())
        .filteredOn(entry -> entry.step().equals("1.2"))
        .extracting(Entry::kind)
        .startsWith(Entry.Kind.INTENDED, Entry.Kind.DONE);
    TimeUnit.MILLISECONDS.sleep(1500);
    assertThat(operator.written())
        .filteredOn(entry -> entry.step().equals("1.2"))
        .as("it is written once")
        .extracting(Entry::kind)
        .containsOnlyOnce(Entry.Kind.DONE);
  }

  /** Makes the journal so long that this is left of its last page. */
  private static void leaves(OneAct operator, int room) throws Exception {
    // What is seen first is written down, too.
    for (long size = -1; size != operator.size(); ) {
      size = operator.size();
      TimeUnit.MILLISECONDS.sleep(1000);
    }
    Instant now = Instant.now();
    long before = operator.size();
    operator.notes(Entry.remembered(now, "padding", "x"));
    long line = operator.size() - before;
    long missing = Math.floorMod(-(operator.size() + line + room), (long) PAGE);
    operator.notes(Entry.remembered(now, "padding", "x".repeat((int) missing + 1)));
    assertThat(Math.floorMod(-operator.size(), (long) PAGE)).isEqualTo(room % PAGE);
  }
}
