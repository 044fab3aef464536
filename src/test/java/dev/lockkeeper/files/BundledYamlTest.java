package dev.lockkeeper.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.parsing.NodeStream;
import dev.lockkeeper.parsing.YamlNode;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The trees that the build makes of the bundled YAML say what the YAML says. */
class BundledYamlTest {
  private static final Path SOURCES = Path.of("src", "main", "resources");

  private static List<Path> bundled() throws IOException {
    Path all = SOURCES.resolve(Path.of("dev", "lockkeeper"));
    try (Stream<Path> runbooks = Files.list(all.resolve("runbooks"));
        Stream<Path> knowledge = Files.list(all.resolve("knowledge"))) {
      return Stream.concat(runbooks, knowledge)
          .filter(file -> file.toString().endsWith(".yaml"))
          .map(SOURCES::relativize)
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("bundled")
  void aTreeIsEqualToItsYaml(Path file, @TempDir Path classes) throws IOException {
    for (Path each : bundled()) {
      Files.createDirectories(classes.resolve(each).getParent());
      Files.copy(SOURCES.resolve(each), classes.resolve(each));
    }
    BundledYaml.main(new String[] {classes.toString()});
    String name = file.getFileName().toString();
    try (InputStream tree = Files.newInputStream(classes.resolve(file + ".tree"))) {
      assertThat(NodeStream.read(name, new DataInputStream(tree)))
          .isEqualTo(YamlNode.read(name, Files.readString(SOURCES.resolve(file))));
    }
  }
}
