package dev.lockkeeper.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.snapshot.HelmRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnRepositoriesTest {
  @TempDir Path directory;

  private Optional<List<HelmRepository>> read(String script) throws IOException {
    Path helm = directory.resolve("helm");
    Files.writeString(helm, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(helm, PosixFilePermissions.fromString("rwx------"));
    return OwnRepositories.read(
        new HelmConfig(
            Optional.of(new HelmProgram(Optional.of(helm))),
            directory.resolve("runs"),
            "https://helm.coder.com/v2",
            "",
            Optional.empty(),
            () -> ""));
  }

  @Test
  void theyAreToldWithoutTheirPasswords() throws IOException {
    assertThat(read("echo '[{\"name\":\"ours\",\"url\":\"https://me:canary@charts.example\"}]'"))
        .contains(List.of(new HelmRepository("ours", "https://me:…@charts.example")));
  }

  @Test
  void noneIsNoFailureAndAFailureIsNotNone() throws IOException {
    assertThat(read("echo 'Error: no repositories to show' >&2; exit 1")).contains(List.of());
    assertThat(read("echo 'Error: repositories.yaml: broken' >&2; exit 1")).isEmpty();
    assertThat(read("echo nonsense")).isEmpty();
  }
}
