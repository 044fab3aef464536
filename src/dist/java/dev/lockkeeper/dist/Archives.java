package dev.lockkeeper.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes both archives: the product with a Java of its own, and practice, which unpacks into the
 * same folder.
 *
 * @param project the folder of the project
 * @param version the product's version
 * @param platform for which operating system and processor they are, such as {@code linux-x86_64}
 * @param time the time of every file in them, so that the same sources make the same bytes
 */
record Archives(Path project, String version, String platform, Instant time) {
  /** Where the wizard finds the practice program. */
  private static final String PRACTICE = "app/practice";

  /**
   * Makes them.
   *
   * @param arguments the project's folder, version, platform, time, and the JDK whose Java goes
   *     along, or nothing for the best that is found
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Archives archives =
        new Archives(
            Path.of(arguments[0]), arguments[1], arguments[2], Instant.parse(arguments[3]));
    Jdk jdk = Jdk.chosen(Optional.of(arguments[4]).filter(path -> !path.isBlank()));
    archives.product(jdk);
    archives.practice();
  }

  private void product(Jdk jdk) throws IOException, InterruptedException {
    Staged product = stage("product");
    Program program = new Program(target());
    program.copyTo(product);
    product.copy(project.resolve("scripts/lockkeeper"), "bin/lockkeeper");
    product.copy(
        target().resolve("lockkeeper-bom.json"), "share/doc/lockkeeper/lockkeeper-bom.json");
    new LinkedRuntime(jdk, program).make(product.path("runtime"));
    // What the class archive remembers of the jars are their times and sizes.
    product.date(time);
    product.copyAll(target().resolve("practice"), PRACTICE);
    new Training(jdk, product.folder()).run();
    product.remove(PRACTICE);
    product.date(time);
    pack(product, "lockkeeper");
  }

  private void practice() throws IOException {
    Staged practice = stage("practice");
    practice.copyAll(target().resolve("practice"), PRACTICE);
    pack(practice, "lockkeeper-practice");
  }

  private Staged stage(String part) throws IOException {
    return Staged.anew(target().resolve("dist").resolve(part).resolve(name("lockkeeper")));
  }

  private void pack(Staged staged, String product) throws IOException {
    Path archive = target().resolve(name(product) + "-" + platform + ".tar.gz");
    new TarGz(time).write(staged.folder(), archive);
    Sha256.beside(archive);
    System.out.printf("%s, %.1f MB%n", archive, Files.size(archive) / 1e6);
  }

  private String name(String product) {
    return product + "-" + version;
  }

  private Path target() {
    return project.resolve("target");
  }
}
