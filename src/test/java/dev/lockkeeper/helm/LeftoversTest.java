package dev.lockkeeper.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.Main;
import dev.lockkeeper.trust.ProcessName;
import dev.lockkeeper.trust.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a killed process left behind, and what is still needed. */
@EnabledOnOs(OS.LINUX)
class LeftoversTest {
  @TempDir Path folder;

  private Path runs() {
    return folder.resolve("state/lockkeeper/runs");
  }

  private Path helm() throws IOException {
    return Files.createDirectories(runs().resolve("20260101-000000-coder-upgrade/helm"));
  }

  /** A process that was there a moment ago. */
  private static ProcessName gone() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    ProcessName name = ProcessName.of(process.pid());
    process.destroyForcibly().waitFor();
    return name;
  }

  private static Path scratch(Path where, String prefix, String place, ProcessName maker)
      throws IOException {
    Path made =
        Files.createDirectory(
            where.resolve("%s%s-%d-%d-7".formatted(prefix, place, maker.pid(), maker.started())));
    Files.writeString(made.resolve("kubeconfig"), "token: secret");
    Files.createDirectories(made.resolve("scratch/helm-java1"));
    return made;
  }

  @Test
  void anyCommandRemovesWhatNoLivingProcessOwns() throws Exception {
    Path look = scratch(helm(), "look-", ProcessName.place(), gone());
    List<Path> others = new ArrayList<>();
    for (String name : List.of("check", "terminal", "warm-up")) {
      others.add(scratch(folder, "lockkeeper-%s-".formatted(name), ProcessName.place(), gone()));
    }
    Path cache = Files.createDirectories(folder.resolve("cache/lockkeeper/helm"));
    others.add(scratch(cache, "unpacking-", ProcessName.place(), gone()));
    Path mine = Scratch.LOOK.in(helm());
    Path ownCheck = Scratch.CHECK.in(folder);
    RunFolder vanished = started(gone(), ProcessName.place());

    assertThat(command("releases")).isZero();

    assertThat(look).doesNotExist();
    assertThat(others).allSatisfy(each -> assertThat(each).doesNotExist());
    assertThat(mine).exists();
    assertThat(ownCheck).exists();
    assertThat(vanished.kubeconfig()).doesNotExist();
    assertThat(vanished.path().resolve(RunFolder.STARTED)).exists();
  }

  @Test
  void whatALivingProcessOwnsStays() throws Exception {
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      ProcessName owner = ProcessName.of(other.pid());
      Path look = scratch(helm(), "look-", ProcessName.place(), owner);
      RunFolder running = started(owner, ProcessName.place());
      Leftovers.sweep(runs(), folder, folder.resolve("cache/lockkeeper/helm"));
      assertThat(look).exists();
      assertThat(running.kubeconfig()).exists();
      ProcessName later = new ProcessName(owner.pid(), owner.started() - 1);
      Path reused = scratch(helm(), "look-", ProcessName.place(), later);
      Leftovers.sweep(runs(), folder, folder.resolve("cache/lockkeeper/helm"));
      assertThat(reused).as("the number belongs to another process by now").doesNotExist();
    } finally {
      other.destroyForcibly();
    }
  }

  /** The folder may be shared with another machine, whose processes are not seen from here. */
  @Test
  void whatWasMadeElsewhereStaysForADay() throws Exception {
    Path look = scratch(helm(), "look-", "0123456789ab", gone());
    RunFolder running = started(gone(), "0123456789ab");
    Leftovers.sweep(runs(), folder, folder.resolve("cache/lockkeeper/helm"));
    assertThat(look).exists();
    assertThat(running.kubeconfig()).exists();
    Files.setLastModifiedTime(look, FileTime.from(Instant.now().minusSeconds(90_000)));
    Leftovers.sweep(runs(), folder, folder.resolve("cache/lockkeeper/helm"));
    assertThat(look).doesNotExist();
  }

  @Test
  void noLinkIsFollowed() throws Exception {
    Path precious = Files.createDirectory(folder.resolve("precious"));
    Path file = Files.writeString(precious.resolve("file"), "");
    ProcessName gone = gone();
    String name = "%s-%d-%d-7".formatted(ProcessName.place(), gone.pid(), gone.started());
    Files.createSymbolicLink(folder.resolve("lockkeeper-check-" + name), precious);
    Path check = scratch(folder, "lockkeeper-check-", ProcessName.place(), gone());
    Files.createSymbolicLink(check.resolve("inside"), precious);
    Leftovers.sweep(runs(), folder, folder.resolve("cache/lockkeeper/helm"));
    assertThat(file).exists();
    assertThat(check).doesNotExist();
  }

  private RunFolder started(ProcessName keeper, String place) throws IOException {
    RunFolder run = RunFolder.next(helm());
    RunFolder.secret(run.kubeconfig(), "token: secret");
    Map<String, String> note = new TreeMap<>();
    note.put("keeper", keeper.toString());
    note.put("at", Instant.now().toString());
    note.put(RunFolder.PLACE, place);
    run.write(RunFolder.STARTED, note);
    return run;
  }

  private int command(String... words) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    builder.command().addAll(List.of(words));
    builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
