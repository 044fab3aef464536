package dev.lockkeeper.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who runs this program. */
class OurselvesTest {
  @TempDir Path folder;

  @Test
  void whatWeMakeIsOurs() throws IOException {
    Path made = Files.createFile(folder.resolve("made"));
    assertThat(Standing.of(made).uid()).isEqualTo(Ourselves.uid());
  }

  @Test
  void aUserWithoutAnEntryInTheListOfUsersIsNotTakenForRoot() {
    assertThat(Ourselves.of(List.of("Name:\tjava", "Uid:\t12345\t12345\t12345\t12345")))
        .contains(12345L);
    assertThat(Ourselves.of(List.of("Name:\tjava"))).isEmpty();
  }
}
