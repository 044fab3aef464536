package dev.lockkeeper.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockkeeper.snapshot.HelmRelease.Given;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GivenValuesTest {
  @Test
  void versionsNumbersAndSwitchesAreShownAndAllElseIsMasked() throws IOException {
    String json =
        """
        {"coderd": {"image": "docker.io/coderenvs/coder-service:1.43.1", "replicas": 2,
                    "superAdmin": {"passwordSecret": {"key": "1.2.3"}},
                    "env": [{"name": "DB_PASSWORD", "value": "hunter2"}],
                    "devurlsHost": "*.dev.example"},
         "postgres": {"default": {"enable": false}, "connector": "tcp://u:hunter2@db/1.2.3"}}
        """;

    assertThat(GivenValues.of(read(json)).all())
        .contains(
            new Given("coderd.image", "docker.io/coderenvs/coder-service:1.43.1"),
            new Given("coderd.replicas", "2"),
            new Given("coderd.env[0].name", "DB_PASSWORD"),
            new Given("postgres.default.enable", "false"))
        .extracting(Given::path)
        .contains("coderd.superAdmin.passwordSecret.key", "coderd.env[0].value");
    assertThat(GivenValues.of(read(json)).toString())
        .doesNotContain("hunter2", "1.2.3", "dev.example");
  }

  /** The value would be shown below any other name: it looks like a version. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "clientSecret",
        "accessToken",
        "apiKey",
        "oauth",
        "credentials",
        "accessUrl",
        "tlsCert",
        "license",
        "defaultValue"
      })
  void whatIsNamedLikeASecretIsMaskedWhateverItLooksLike(String name) throws IOException {
    String json = "{\"coderd\": {\"%s\": \"1.2.3\", \"tag\": \"4.5.6\"}}".formatted(name);
    assertThat(GivenValues.of(read(json)).toString()).contains("4.5.6").doesNotContain("1.2.3");
  }

  @Test
  void nobodyIsKeptBusyByAMillionValues() throws IOException {
    String json = "{\"a\": [" + "1,".repeat(5_000) + "1]}";
    assertThat(GivenValues.of(read(json)).all()).hasSize(200);
    assertThat(GivenValues.of(read("{}")).all()).isEmpty();
  }

  private static Map<?, ?> read(String json) throws IOException {
    return new ObjectMapper().readValue(json, Map.class);
  }
}
