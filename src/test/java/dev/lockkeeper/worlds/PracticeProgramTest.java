package dev.lockkeeper.worlds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.trust.Untrusted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The practice program as it is found beside a wizard that was installed. */
class PracticeProgramTest {
  @TempDir Path installed;
  private Path wizard;
  private Path jar;

  @BeforeEach
  void install() throws IOException {
    Files.setPosixFilePermissions(installed, PosixFilePermissions.fromString("rwxr-xr-x"));
    wizard = Files.createFile(installed.resolve("lockkeeper.jar"));
    Path practice = Files.createDirectory(installed.resolve("practice"));
    Files.createDirectory(practice.resolve("lib"));
    jar = practice.resolve("lockkeeper-practice.jar");
    try (ZipOutputStream archive = new ZipOutputStream(Files.newOutputStream(jar))) {
      archive.putNextEntry(new ZipEntry(Scenarios.INDEX));
      archive.write("upgrade  An upgrade\nstuck    It is stuck\n".getBytes());
    }
  }

  @Test
  void whatLiesBesideTheWizardIsFoundWithItsLibraries() throws IOException {
    PracticeProgram found = PracticeProgram.beside(wizard);
    assertThat(found.scenarios().names()).containsExactly("upgrade", "stuck");
    assertThat(found.classPath()).startsWith(jar + ":" + jar.resolveSibling("lib/*") + ":");
  }

  @Test
  void whatIsMissingOrDamagedIsNamed() throws IOException {
    Files.writeString(jar, "no archive");
    assertThatThrownBy(() -> PracticeProgram.beside(wizard).scenarios())
        .hasMessageContainingAll(jar.toString(), "install it again");
    Files.delete(jar.resolveSibling("lib"));
    assertThatThrownBy(() -> PracticeProgram.beside(wizard)).hasMessageContaining("no folder");
    Files.delete(jar);
    assertThatThrownBy(() -> PracticeProgram.beside(wizard))
        .hasMessageContainingAll("not installed", jar.toString());
  }

  /** It is run, so nobody else may have laid it down. */
  @Test
  void anotherUsersProgramIsNotRun() throws IOException {
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThatThrownBy(() -> PracticeProgram.beside(wizard)).isInstanceOf(Untrusted.class);
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(PracticeProgram.beside(wizard).jar()).contains(jar);
    assumeTrue(System.getProperty("user.name").equals("root"), "only root gives a file away");
    Files.setAttribute(jar, "unix:uid", 65533);
    assertThatThrownBy(() -> PracticeProgram.beside(wizard)).isInstanceOf(Untrusted.class);
  }
}
