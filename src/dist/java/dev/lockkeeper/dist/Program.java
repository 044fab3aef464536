package dev.lockkeeper.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The packaged program.
 *
 * @param target the folder into which Maven packaged it
 */
record Program(Path target) {
  private static final String JAR = "lockkeeper.jar";

  Path jar() {
    return target.resolve(JAR);
  }

  /** Its libraries: those that it names itself, whatever else an earlier build has left there. */
  List<Path> libraries() throws IOException {
    try (JarFile jar = new JarFile(jar().toFile())) {
      String named = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      return Stream.of(named.split(" ")).map(target::resolve).toList();
    }
  }

  /** The jars of practice, which runs in the same Java. */
  List<Path> practice() throws IOException {
    Path practice = target.resolve("practice");
    List<Path> jars = new ArrayList<>(List.of(practice.resolve("lockkeeper-practice.jar")));
    try (Stream<Path> libraries = Files.list(practice.resolve("lib"))) {
      libraries.sorted().forEach(jars::add);
    }
    return jars;
  }

  void copyTo(Staged product) throws IOException {
    product.copy(jar(), "app/" + JAR);
    for (Path library : libraries()) {
      product.copy(library, "app/lib/" + library.getFileName());
    }
  }
}
