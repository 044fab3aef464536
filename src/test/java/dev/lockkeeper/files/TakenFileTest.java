package dev.lockkeeper.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken away lies in files that nobody else reads and that replace none. */
class TakenFileTest {
  @TempDir Path folder;

  @Test
  void eachIsANewFileOfItsOwn() throws IOException {
    Path first = TakenFile.write(folder, "commands-3.2", "kubectl scale");
    Path second = TakenFile.write(folder, "commands-3.2", "kubectl get");
    assertThat(first).hasFileName("commands-3.2.txt").hasContent("kubectl scale");
    assertThat(second).hasFileName("commands-3.2-2.txt").hasContent("kubectl get");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first)))
        .isEqualTo("rw-------");
  }

  @Test
  void noNameLeadsOutOfTheFolderOrHides() throws IOException {
    for (String name :
        new String[] {"../../evil", "/etc/passwd", ".bashrc", "log of pod a\nb", ""}) {
      Path file = TakenFile.write(folder, name, "x");
      assertThat(file.toAbsolutePath().normalize().getParent()).isEqualTo(folder.toAbsolutePath());
      assertThat(file.getFileName().toString()).matches("[A-Za-z0-9][A-Za-z0-9.-]*\\.txt");
    }
  }

  @Test
  void aLinkThatIsThereIsNotFollowed() throws IOException {
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "mine");
    Files.createSymbolicLink(folder.resolve("pods.txt"), elsewhere);
    assertThat(TakenFile.write(folder, "pods", "x")).hasFileName("pods-2.txt");
    assertThat(elsewhere).hasContent("mine");
  }

  @Test
  void aFolderThatIsNotThereIsToldAndNotMade() {
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> TakenFile.write(none, "x", "x")).isInstanceOf(IOException.class);
    assertThat(none).doesNotExist();
  }
}
