package dev.lockkeeper.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockkeeper.parsing.Malformed;
import dev.lockkeeper.snapshot.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is laid down for a context, and what is said of a file that cannot be understood. */
class ConfigurationTest {
  private static final String RULES =
      """
      contexts:
        - name: "prod-*"
          production: true
          second-look: true
        - name: "prod-eu-reports"
          read-only: true
        - name: "a.b"
          read-only: true
      """;

  @Test
  void theFirstRuleThatFitsCounts() {
    Configuration read = Configuration.read("config.yaml", RULES);
    assertThat(read.policy("prod-eu-reports")).isEqualTo(new Policy(true, false, true));
    assertThat(read.policy("a.b")).isEqualTo(Policy.NONE.onlyReading());
    assertThat(read.policy("axb")).as("a dot is a dot").isEqualTo(Policy.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "prod-eu, true",
    "eu-production, true",
    "gke_acme_europe-west1_prod, true",
    "my_production, true",
    "arn:aws:eks:eu-west-1:123:cluster/production, true",
    "ops@eu.PROD, true",
    "eu1prod, true",
    "acmeProd, true",
    "reproduce, false",
    "staging, false"
  })
  void withoutARuleTheNameTells(String context, boolean production) {
    assertThat(Configuration.read("config.yaml", "").policy(context).production())
        .isEqualTo(production);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "contexts: [{name: a, readonly: true}] | config.yaml:1: 'readonly' is not known here; did"
            + " you mean 'read-only'?",
        "contexts: [{name: a, read-only: yes}] | config.yaml:1: 'yes' is neither true nor false",
        "contexts: [{production: true}]        | config.yaml:1: 'name' is missing",
        "contexts: {name: a}                   | config.yaml:1: a map is here, where a list should"
            + " be"
      })
  void whatIsWrongIsSaidWithItsLine(String text, String message) {
    assertThatThrownBy(() -> Configuration.read("config.yaml", text))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining(message);
  }

  @Test
  void aFileThatIsNotThereLaysDownNothing(@TempDir Path folder) throws IOException {
    assertThat(Configuration.read(folder.resolve("none.yaml")).rules()).isEmpty();
    Path file = Files.writeString(folder.resolve("config.yaml"), RULES);
    assertThat(Configuration.read(file).rules()).hasSize(3);
  }

  @Test
  void itLiesWhereTheConventionsPutIt() {
    Path home = Path.of("/home/ops");
    assertThat(Configuration.path(Map.of(), home))
        .isEqualTo(Path.of("/home/ops/.config/lockkeeper/config.yaml"));
    assertThat(Configuration.path(Map.of("XDG_CONFIG_HOME", "/etc/ops"), home))
        .isEqualTo(Path.of("/etc/ops/lockkeeper/config.yaml"));
  }
}
