package dev.lockkeeper.kubernetes.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.User;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseUrlTest {
  private static final String URL = "postgres://coder:pa%24s@db/coder";

  @TempDir static Path directory;
  private static PracticeCluster practice;

  @BeforeAll
  static void start() throws Exception {
    practice = new PracticeCluster(directory);
    practice.create(
        """
        {"apiVersion":"v1","kind":"Secret","metadata":{"name":"coder-db-url","namespace":"coder"},
         "data":{"url":"%s","CODER_PG_CONNECTION_URL":"%s","password":"%s"}}
        """
            .formatted(base64(URL), base64(URL), base64("pa%24s")));
  }

  @AfterAll
  static void stop() {
    practice.close();
  }

  @Test
  void aLiteralIsTakenAsItStands() throws Exception {
    container("env", "[{'name':'CODER_PG_CONNECTION_URL','value':'%s'}]".formatted(URL));

    assertThat(url(practice.viewer)).isEqualTo(URL);
  }

  @Test
  void aSecretIsLookedUp() throws Exception {
    container("env", "[%s]".formatted(fromSecret("CODER_PG_CONNECTION_URL", "url")));

    assertThat(url(practice.operator)).isEqualTo(URL);
  }

  @Test
  void aPasswordIsPutInWhereTheValueRefersToIt() throws Exception {
    container(
        "env",
        "[%s,{'name':'CODER_PG_CONNECTION_URL','value':'postgres://coder:$(PASSWORD)@db/coder'}]"
            .formatted(fromSecret("PASSWORD", "password")));

    assertThat(url(practice.operator)).isEqualTo(URL);
  }

  @Test
  void aWholeSecretIsSearched() throws Exception {
    container("envFrom", "[{'secretRef':{'name':'coder-db-url'}}]");

    assertThat(url(practice.operator)).isEqualTo(URL);
  }

  @Test
  void aSecretThatMayNotBeReadIsNamed() throws Exception {
    container("env", "[%s]".formatted(fromSecret("CODER_PG_CONNECTION_URL", "url")));

    assertThat(databaseUrl(practice.viewer).reason())
        .isEqualTo(
            "may not read secret coder-db-url in namespace coder: grant get on it, or give the URL"
                + " yourself");
  }

  @Test
  void aMissingKeyIsNamed() throws Exception {
    container("env", "[%s]".formatted(fromSecret("CODER_PG_CONNECTION_URL", "uri")));

    assertThat(databaseUrl(practice.operator).reason()).contains("has no key uri");
  }

  @Test
  void withoutAUrlCoderHasItsOwnDatabase() throws Exception {
    container("env", "[]");

    assertThat(databaseUrl(practice.operator).reason()).contains("built-in PostgreSQL");
  }

  @Test
  void anIdentityOfTheCloudIsNoPassword() throws Exception {
    container(
        "env",
        "[{'name':'CODER_PG_AUTH','value':'awsiamrds'},{'name':'CODER_PG_CONNECTION_URL','value':'x'}]");

    assertThat(databaseUrl(practice.operator).reason()).startsWith("CODER_PG_AUTH=awsiamrds");
  }

  @Test
  void theUrlIsNeverShown() throws Exception {
    container("env", "[{'name':'CODER_PG_CONNECTION_URL','value':'%s'}]".formatted(URL));

    assertThat(databaseUrl(practice.viewer).toString())
        .contains("(hidden)")
        .doesNotContain("pa%24s");
  }

  private String url(User user) throws Exception {
    DatabaseUrl found = databaseUrl(user);
    assertThat(found.reason()).isEmpty();
    return found.url().get().reveal();
  }

  private DatabaseUrl databaseUrl(User user) throws Exception {
    try (ClusterConnection connection = practice.connect(user)) {
      return connection.databaseUrl("coder");
    }
  }

  private void container(String field, String json) {
    ObjectNode wrapped = PracticeCluster.object("{\"x\":%s}".formatted(json.replace('\'', '"')));
    practice.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object -> {
          ObjectNode container = (ObjectNode) object.at("/spec/template/spec/containers/1");
          container.remove("env");
          container.remove("envFrom");
          container.set(field, wrapped.path("x"));
        });
  }

  private static String fromSecret(String name, String key) {
    return "{'name':'%s','valueFrom':{'secretKeyRef':{'name':'coder-db-url','key':'%s'}}}"
        .formatted(name, key);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
