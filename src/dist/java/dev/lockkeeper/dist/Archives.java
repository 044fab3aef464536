package dev.lockkeeper.dist;

import dev.lockkeeper.files.Runbooks;
import dev.lockkeeper.worlds.PracticeProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

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
    words(product);
    documents(product, program);
    new LinkedRuntime(jdk, program).make(product.path("runtime"));
    // What the class archive remembers of the jars are their times and sizes.
    product.date(time);
    product.copyAll(target().resolve("practice"), PRACTICE);
    new Training(jdk, product.folder()).run();
    product.remove(PRACTICE);
    pack(product, "lockkeeper");
  }

  private void practice() throws IOException {
    Staged practice = stage("practice");
    practice.copyAll(target().resolve("practice"), PRACTICE);
    licences().copyTo(practice, "practice.txt", new Program(target()).practice());
    pack(practice, "lockkeeper-practice");
  }

  /** What is made of the program's own commands. */
  private void words(Staged product) throws IOException {
    CommandSpec commands = Commands.root();
    Completions completions =
        new Completions(source("completion/words.sh"), Runbooks.names(), scenarios());
    product.write(
        "share/bash-completion/completions/lockkeeper",
        completions.bash(commands, source("completion/engine.bash")));
    product.write("share/zsh/site-functions/_lockkeeper", completions.zsh(commands));
    ManPage page =
        new ManPage(
            source("man/lockkeeper.1"), Files.readString(project.resolve("docs/COMMANDS.md")));
    product.write("share/man/man1/lockkeeper.1", page.text(commands, version, time));
  }

  private static List<String> scenarios() throws IOException {
    return List.copyOf(PracticeProgram.find().scenarios().names());
  }

  private void documents(Staged product, Program program) throws IOException {
    String documents = "share/doc/lockkeeper/";
    product.copy(project.resolve("docs/INSTALL.md"), documents + "INSTALL.md");
    product.copy(target().resolve("lockkeeper-bom.json"), documents + "lockkeeper-bom.json");
    licences().copyTo(product, "product.txt", program.libraries());
  }

  private Licences licences() {
    return new Licences(
        target().resolve("lockkeeper-bom.json"), project.resolve("src/dist/licences"));
  }

  private String source(String name) throws IOException {
    return Files.readString(project.resolve("src/dist").resolve(name));
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
