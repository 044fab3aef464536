package dev.lockkeeper.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockkeeper.trust.ProcessName;
import dev.lockkeeper.trust.Untrusted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The bundled Helm is unpacked once for all, and is what it was whenever it is used. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class KeptHelmTest {
  @TempDir Path folder;

  private Path cache() {
    return folder.resolve("cache/lockkeeper/helm");
  }

  @Test
  void itIsUnpackedOnceAndNeverAgain() throws IOException {
    Path kept = KeptHelm.in(cache());
    Object first = Files.readAttributes(kept, "unix:ino").get("ino");
    assertThat(KeptHelm.in(cache())).isEqualTo(kept);
    assertThat(Files.readAttributes(kept, "unix:ino")).containsEntry("ino", first);
    assertThat(left()).containsExactly("helm-" + KeptHelm.SHA256 + ".so");
  }

  @Test
  void oneThatWasChangedOrCutIsUnpackedAnew() throws IOException {
    Path kept = KeptHelm.in(cache());
    Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-------"));
    long size = Files.size(kept);
    Files.write(kept, new byte[] {1});
    assertThat(Files.size(KeptHelm.in(cache()))).isEqualTo(size);
  }

  @Test
  void twoAtOnceHaveOne() throws Exception {
    List<CompletableFuture<Path>> both =
        Stream.of(1, 2).map(any -> CompletableFuture.supplyAsync(this::kept)).toList();
    for (CompletableFuture<Path> each : both) {
      assertThat(each.get()).isRegularFile();
    }
    assertThat(left()).hasSize(1);
  }

  @Test
  void whatAKilledOneAndOldVersionsLeftIsSwept() throws Exception {
    Files.createDirectories(
        cache(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path half =
        Files.createDirectory(
            cache().resolve("unpacking-%s-999999999-1-7".formatted(ProcessName.place())));
    Files.writeString(half.resolve("helm-linux-amd64.so"), "half");
    Path old = Files.writeString(cache().resolve("helm-%s.so".formatted("0".repeat(64))), "");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
    Path other = Files.writeString(cache().resolve("helm-%s.so".formatted("1".repeat(64))), "");
    Path kept = KeptHelm.in(cache());
    assertThat(half).doesNotExist();
    assertThat(old).doesNotExist();
    assertThat(other).as("another version that is in use").exists();
    assertThat(kept).exists();
  }

  @Test
  void aFolderThatOthersMayEnterIsNotUsed() throws IOException {
    Files.createDirectories(cache());
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (Path each = cache(); !each.equals(folder); each = each.getParent()) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    assertThatThrownBy(() -> KeptHelm.in(cache())).isInstanceOf(Untrusted.class);
    assertThat(left()).isEmpty();
  }

  /** The library finds it by the list of services, and leaves nothing in the run's own folder. */
  @Test
  void theBundledHelmRunsFromThere() throws Exception {
    RunFolder run = RunFolder.scratch(folder.resolve("runs"));
    HelmQuery.Said said =
        new HelmQuery(HelmProgram.bundled().orElseThrow(), run)
            .run(List.of("version"), Duration.ofSeconds(60));
    assertThat(said.out()).as(said.trouble()).contains("v3.");
    try (Stream<Path> all = Files.walk(run.path())) {
      assertThat(all.filter(each -> each.getFileName().toString().startsWith("helm-"))).isEmpty();
    }
  }

  private Path kept() {
    try {
      return KeptHelm.in(cache());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> left() throws IOException {
    try (Stream<Path> all = Files.list(cache())) {
      return all.map(each -> each.getFileName().toString()).toList();
    }
  }
}
