package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lockkeeper.trust.AnotherUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launch script in a clone of its own, with a Java and a Maven that only say what they are
 * asked.
 */
class LauncherTest {
  private static final String ECHO_JAVA =
      """
      #!/bin/sh
      [ "$1" = -version ] && { echo 'openjdk version "%s"' >&2; exit 0; }
      for word; do case $word in -XX:ArchiveClassesAtExit=*) exit 0;; esac; done
      for word; do echo "<$word>"; done
      exit 42
      """;

  @TempDir Path folder;
  private Path clone;
  private Path script;
  private Path jdk;
  private Path tools;

  @BeforeEach
  void cloneThatIsBuilt() throws IOException {
    clone = folder.resolve("a clone");
    script = clone.resolve("scripts/lockkeeper");
    Files.createDirectories(clone.resolve("src/main/java"));
    Files.createDirectories(clone.resolve("target"));
    Files.createDirectories(script.getParent());
    Files.copy(Path.of("scripts/lockkeeper"), script);
    Files.writeString(clone.resolve("pom.xml"), "<project/>");
    jar(Instant.now().plusSeconds(60));
    jdk = folder.resolve("jdk");
    java("17.0.2");
    tools = Files.createDirectories(folder.resolve("tools"));
  }

  @Test
  void argumentsAndTheExitCodePassThrough() {
    Launch launch = launch(List.of(script.toString(), "upgrade", "--to", "a b", "", "$HOME'\""));
    assertThat(launch.exitCode()).isEqualTo(42);
    assertThat(launch.out())
        .contains("<" + real(clone) + "/target/lockkeeper.jar>\n<upgrade>\n<--to>\n<a b>\n<>\n")
        .endsWith("<$HOME'\">\n");
    assertThat(launch.err()).isEmpty();
  }

  @Test
  void itFindsItsCloneThroughSymbolicLinksFromAnyFolder() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("far"), script);
    Files.createSymbolicLink(bin.resolve("lk"), Path.of("far"));
    assertThat(launch(List.of(bin.resolve("lk").toString())).out())
        .contains("<" + real(clone) + "/target/lockkeeper.jar>");
  }

  @Test
  void aJavaThatIsTooOldIsNamed() throws IOException {
    java("1.8.0_402");
    Launch launch = launch(List.of(script.toString()));
    assertThat(launch.exitCode()).isEqualTo(70);
    assertThat(launch.err()).contains("Java 17 or newer is needed").contains("is Java 8");
    assertThat(launch.out()).isEmpty();
    java("11.0.22");
    assertThat(launch(List.of(script.toString())).err()).contains("is Java 11");
  }

  @Test
  void aJavaHomeWithoutJavaIsNamed() throws IOException {
    Files.delete(jdk.resolve("bin/java"));
    Launch launch = launch(List.of(script.toString()));
    assertThat(launch.exitCode()).isEqualTo(70);
    assertThat(launch.err()).contains("JAVA_HOME is " + jdk);
  }

  @Test
  void aSourceThatIsNewerThanTheBuildIsBuiltFirst() throws IOException {
    jar(Instant.now().minusSeconds(60));
    maven("echo built >> builds; touch target/lockkeeper.jar");
    assertThat(launch(List.of(script.toString(), "x")).out()).endsWith("<x>\n");
    assertThat(launch(List.of(script.toString(), "x")).out()).endsWith("<x>\n");
    assertThat(clone.resolve("builds")).as("once only").hasContent("built");
    assertThat(clone.resolve("target/build.lock")).doesNotExist();
  }

  @Test
  void twoLaunchesAtOnceBuildOnce() throws Exception {
    jar(Instant.now().minusSeconds(60));
    maven("echo built >> builds; sleep 1; touch target/lockkeeper.jar");
    Process first = start(List.of(script.toString(), "first"));
    Launch second = launch(List.of(script.toString(), "second"));
    assertThat(second.out()).endsWith("<second>\n");
    assertThat(first.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(clone.resolve("builds")).hasContent("built");
  }

  @Test
  void theLockOfABuildThatWasKilledIsTaken() throws IOException {
    jar(Instant.now().minusSeconds(60));
    maven("touch target/lockkeeper.jar");
    Files.createDirectories(clone.resolve("target/build.lock"));
    Files.writeString(clone.resolve("target/build.lock/pid"), "99999999");
    assertThat(launch(List.of(script.toString(), "x")).out()).endsWith("<x>\n");
  }

  @Test
  void aBuildThatFailsShowsItsErrorsAndNamesTheLog() throws IOException {
    jar(Instant.now().minusSeconds(60));
    maven("echo '[INFO] chatter'; echo '[ERROR] Main.java:[3,1] cannot find symbol'; exit 1");
    Launch launch = launch(List.of(script.toString()));
    assertThat(launch.exitCode()).isEqualTo(70);
    assertThat(launch.err())
        .contains("cannot find symbol")
        .contains(real(clone) + "/target/build.log")
        .doesNotContain("chatter");
    assertThat(clone.resolve("target/build.lock")).doesNotExist();
  }

  @Test
  void aCloneThatCannotBeWrittenToRunsTheOlderBuildAndSaysSo() throws IOException {
    assumeFalse(System.getProperty("user.name").equals("root"), "root may write everywhere");
    jar(Instant.now().minusSeconds(60));
    assertThat(clone.toFile().setWritable(false)).isTrue();
    Launch launch = launch(List.of(script.toString(), "x"));
    assertThat(clone.toFile().setWritable(true)).isTrue();
    assertThat(launch.out()).endsWith("<x>\n");
    assertThat(launch.err()).contains("this is the older build");
  }

  /** A Java that cannot start ends with 1, which for a question means no. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aMachineThatIsTooNarrowForJavaIsToldInASentence() {
    jdk = Path.of(System.getProperty("java.home"));
    Launch launch = launch(limited("ulimit -v 1500000"));
    assertThat(launch.exitCode()).isEqualTo(70);
    assertThat(launch.err())
        .startsWith("lockkeeper: Java cannot start here (Could not ")
        .contains("ulimit -v")
        .hasLineCount(1);
    launch = launch(limited("export LOCKKEEPER_JAVA_OPTS=-Xmx9999999g"));
    assertThat(launch.exitCode()).isEqualTo(70);
    assertThat(launch.err()).startsWith("lockkeeper: Java cannot start here (").hasLineCount(1);
  }

  /** Nothing may be started to find that out: what cannot be started is tried again for long. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void tooFewThreadsAreToldInASentence() throws IOException {
    if (System.getProperty("user.name").equals("root")) {
      AnotherUser.isNeeded();
      for (Path each = script; !each.equals(folder.getParent()); each = each.getParent()) {
        Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
    Launch launch = launch(AnotherUser.thanRoot(limited("ulimit -u 20")));
    assertThat(launch.exitCode()).isEqualTo(70);
    assertThat(launch.err())
        .contains("let it have more threads (ulimit -u is 20, and ")
        .hasLineCount(1);
  }

  private List<String> limited(String how) {
    return List.of("bash", "-c", how + "; exec \"$0\" releases", script.toString());
  }

  private void jar(Instant modified) throws IOException {
    Path jar = clone.resolve("target/lockkeeper.jar");
    Files.writeString(jar, "");
    Files.setLastModifiedTime(jar, FileTime.from(modified));
  }

  private void java(String version) throws IOException {
    program(jdk.resolve("bin/java"), ECHO_JAVA.formatted(version));
  }

  private void maven(String does) throws IOException {
    program(tools.resolve("mvn"), "#!/bin/sh\n" + does + "\n");
  }

  private static void program(Path path, String text) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    assertThat(path.toFile().setExecutable(true)).isTrue();
  }

  private static String real(Path path) {
    try {
      return path.toRealPath().toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Process start(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(command)).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("PATH", tools + ":" + environment.get("PATH"));
    return builder.start();
  }

  private Launch launch(List<String> command) {
    try {
      Process process = start(command);
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return new Launch(process.exitValue(), out, err);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private record Launch(int exitCode, String out, String err) {}
}
