package dev.lockkeeper.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressSourcesTest {
  @TempDir Path home;

  private Optional<DatabaseAddress> find(Map<String, String> environment) throws DatabaseException {
    return new AddressSources(environment, home, "ops").find(Optional.empty());
  }

  @Test
  void nobodyNamedAnAddress() throws Exception {
    assertThat(find(Map.of("PGPASSWORD", "x"))).isEmpty();
  }

  @Test
  void theCommandLineComesBeforeCodersVariableBeforeLibpqs() throws Exception {
    Map<String, String> environment =
        Map.of("CODER_PG_CONNECTION_URL", "postgres://coder:a@two/coder", "PGHOST", "three");
    assertThat(
            new AddressSources(environment, home, "ops")
                .find(Optional.of("postgres://coder:a@one/coder")))
        .hasToString("Optional[coder@one:5432/coder]");
    assertThat(find(environment)).hasToString("Optional[coder@two:5432/coder]");
    assertThat(find(Map.of("PGHOST", "three"))).hasToString("Optional[ops@three:5432/ops]");
  }

  @Test
  void readsLibpqsVariables() throws Exception {
    DatabaseAddress address =
        find(Map.of(
                "PGHOST", "db",
                "PGPORT", "6432",
                "PGDATABASE", "coder",
                "PGUSER", "monitor",
                "PGPASSWORD", "secret"))
            .orElseThrow();
    assertThat(address).hasToString("monitor@db:6432/coder");
    assertThat(address.password()).isEqualTo(Secret.of("secret"));
    assertThat(address.settings()).containsEntry("sslmode", "prefer");
  }

  @Test
  void aVariableCountsMoreThanTheService() throws Exception {
    Files.writeString(
        home.resolve(".pg_service.conf"),
        "[other]\nhost=no\n[coder]\n# ours\nhost = db\nport=6432\ndbname=coder\nsslmode=require\n");
    DatabaseAddress address = find(Map.of("PGSERVICE", "coder", "PGPORT", "7")).orElseThrow();
    assertThat(address).hasToString("ops@db:7/coder");
    assertThat(address.settings()).containsEntry("sslmode", "require");
    assertThatThrownBy(() -> find(Map.of("PGSERVICE", "absent")))
        .hasMessageContaining("service absent is not defined");
  }

  @Test
  void completesAMissingPasswordFromThePasswordFile() throws Exception {
    passwords("rw-------", "# ours", "other:*:*:*:no", "db:5432:coder:co\\:der:p\\:a:ss\\\\");
    assertThat(find(url("postgres://co%3Ader@db/coder")).orElseThrow().password())
        .isEqualTo(Secret.of("p:a:ss\\"));
    assertThat(find(url("postgres://coder@db/coder")).orElseThrow().password().isEmpty()).isTrue();
    assertThat(find(url("postgres://co%3Ader:own@db/coder")).orElseThrow().password())
        .isEqualTo(Secret.of("own"));
  }

  @Test
  void aPasswordFileThatOthersMayReadIsRefused() throws Exception {
    Path file = passwords("rw-r-----", "*:*:*:*:c4nary");
    assertThatThrownBy(() -> find(url("postgres://coder@db/coder")))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("chmod 0600 " + file)
        .hasMessageNotContaining("c4nary");
  }

  private static Map<String, String> url(String url) {
    return Map.of(AddressSources.CODER_URL, url);
  }

  private Path passwords(String rights, String... lines) throws Exception {
    Path file = Files.write(home.resolve(".pgpass"), java.util.List.of(lines));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
  }
}
