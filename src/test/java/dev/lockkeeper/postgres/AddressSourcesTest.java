package dev.lockkeeper.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockkeeper.trust.Oddity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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
  void theServiceCountsMoreThanAVariable() throws Exception {
    service("[other]\nhost=no\n[coder]\n# ours\nhost = db\nport=6432\nsslmode=require\n");
    DatabaseAddress address =
        find(Map.of("PGSERVICE", "coder", "PGPORT", "7", "PGDATABASE", "coder")).orElseThrow();
    assertThat(address).hasToString("ops@db:6432/coder");
    assertThat(address.settings()).containsEntry("sslmode", "require");
    assertThatThrownBy(() -> find(Map.of("PGSERVICE", "absent")))
        .hasMessageContaining("service absent is not defined");
  }

  @Test
  void aServiceIsNamedByAUrlOrAListOfWords() throws Exception {
    service("[coder]\nhost=db\nport=6432\ndbname=coder\nuser=monitor\n");
    for (String written :
        new String[] {
          "postgres:///?service=coder",
          "service=coder",
          "postgresql://?service=coder",
          " service = 'coder' "
        }) {
      assertThat(find(url(written)).orElseThrow()).hasToString("monitor@db:6432/coder");
    }
    assertThat(find(url("postgres://other/x?service=coder")).orElseThrow())
        .as("what is written counts more")
        .hasToString("monitor@other:6432/x");
    assertThatThrownBy(() -> find(url("service=absent")))
        .hasMessageContaining("service absent is not defined");
  }

  @Test
  void aListOfWordsIsReadAsLibpqReadsIt() throws Exception {
    DatabaseAddress address =
        find(url(
                "host = db port=6432 user='o\\'hara s' password='p\\\\ w=x' dbname=coder"
                    + " sslmode=verify-full"))
            .orElseThrow();
    assertThat(address.hosts()).containsExactly(new DatabaseAddress.Host("db", 6432));
    assertThat(address.user()).isEqualTo("o'hara s");
    assertThat(address.password()).isEqualTo(Secret.of("p\\ w=x"));
    assertThat(address.settings()).containsEntry("sslmode", "verify-full");
    assertThatThrownBy(() -> find(url("host=db password='c4nary")))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("after host")
        .hasMessageNotContaining("c4nary");
  }

  @Test
  void whatAUrlDoesNotSayTheVariablesSay() throws Exception {
    Map<String, String> environment = new java.util.HashMap<>(url("postgres://coder:a@db/coder"));
    environment.putAll(Map.of("PGSSLMODE", "verify-full", "PGPORT", "6432", "PGHOST", "elsewhere"));
    DatabaseAddress address = find(environment).orElseThrow();
    assertThat(address).hasToString("coder@db:6432/coder");
    assertThat(address.settings()).containsEntry("sslmode", "verify-full");
    environment.putAll(url("postgres://coder:a@db:1/coder?sslmode=disable"));
    assertThat(find(environment).orElseThrow()).hasToString("coder@db:1/coder");
    assertThat(find(environment).orElseThrow().settings()).containsEntry("sslmode", "disable");
  }

  @Test
  void anAddressThatWasReadElsewhereDoesNotTakeTheHostAndPortOfHere() throws Exception {
    AddressSources here =
        new AddressSources(Map.of("PGPORT", "6432", "PGHOST", "elsewhere"), home, "ops");
    assertThat(here.complete(DatabaseAddress.parse("postgres://coder:a@db/coder")))
        .hasToString("coder@db:5432/coder");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgres://coder@/coder?host=/var/run/postgresql | Unix socket /var/run/postgresql",
        "postgres://coder@%2Fvar%2Frun%2Fpostgresql/coder | Unix socket /var/run/postgresql",
        "host=/var/run/postgresql | Unix socket /var/run/postgresql",
        "host=@abstract | Unix socket @abstract",
        "host=db sslcrl=/x.crl | sslcrl",
        "postgres://db/coder?requirepeer=postgres | requirepeer",
        "host=db hostaddr=10.0.0.1 sslmode=verify-full | hostaddr",
        "host=a,b port=1,2,3 | 2 hosts and 3 ports",
        "host=db port=x | host or port",
      })
  void whatCannotBeFollowedIsRefusedByName(String written, String named) {
    assertThatThrownBy(() -> find(url(written)))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining(named);
  }

  @Test
  void anAddressInNumbersIsWhereToConnect() throws Exception {
    assertThat(find(url("host=db hostaddr=10.0.0.1 dbname=coder")).orElseThrow())
        .hasToString("ops@10.0.0.1:5432/coder");
    assertThat(find(url("hostaddr=::1 dbname=coder sslmode=verify-full")).orElseThrow())
        .hasToString("ops@[::1]:5432/coder");
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

  /** The driver would open it, and wait. */
  @ParameterizedTest
  @EnumSource
  @Timeout(20)
  void aCertificateOrAKeyThatIsNoOrdinaryFileIsRefused(Oddity odd) throws Exception {
    Path path = odd.at(home.resolve("pem"));
    for (String word : List.of("sslrootcert", "sslcert", "sslkey")) {
      DatabaseAddress address =
          find(url("postgres://coder:x@db/coder?%s=%s".formatted(word, path))).orElseThrow();
      assertThatThrownBy(() -> DriverProperties.of(address))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining(path.toString())
          .hasMessageContaining(odd.told());
    }
  }

  private void service(String text) throws Exception {
    Files.writeString(home.resolve(".pg_service.conf"), text);
  }

  private static Map<String, String> url(String url) {
    return Map.of(AddressSources.CODER_URL, url);
  }

  private Path passwords(String rights, String... lines) throws Exception {
    Path file = Files.write(home.resolve(".pgpass"), List.of(lines));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
  }
}
