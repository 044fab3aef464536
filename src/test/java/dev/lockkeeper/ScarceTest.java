package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A machine that has too little memory, or too few files to open, gets a sentence and no answer.
 */
@Timeout(60)
class ScarceTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private static void assertToldSo(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(70);
    assertThat(said).startsWith("lockkeeper: ").doesNotContain("\tat ").hasLineCount(1);
  }

  @Test
  void littleMemoryIsNoAnswer() throws Exception {
    assertToldSo(
        List.of(
            JAVA,
            "-Xmx5m",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.lockkeeper.Main",
            "check",
            "--to",
            "v2.29.3"));
  }

  /** Of more, the libraries make an API server or a database that does not answer. */
  @ParameterizedTest
  @ValueSource(ints = {24, 60, 90, 199})
  void fewOpenFilesAreNoAnswer(int files) throws Exception {
    String start =
        "ulimit -n " + files + "; exec \"$0\" -cp \"$1\" dev.lockkeeper.Main check --to v2.29.3";
    assertToldSo(List.of("sh", "-c", start, JAVA, System.getProperty("java.class.path")));
  }
}
