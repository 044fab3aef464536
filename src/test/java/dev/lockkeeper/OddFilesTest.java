package dev.lockkeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockkeeper.files.Configuration;
import dev.lockkeeper.files.JournalFile;
import dev.lockkeeper.files.Storage;
import dev.lockkeeper.postgres.AddressSources;
import dev.lockkeeper.postgres.DatabaseException;
import dev.lockkeeper.trust.Oddity;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is no ordinary file, or has no end, is told in a sentence wherever a file is read. */
@Timeout(20)
class OddFilesTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @EnumSource
  void asAKubeconfig(Oddity odd) throws Exception {
    Path path = odd.at(folder.resolve("config"));
    assertThat(run("check", "--kubeconfig", path.toString())).isEqualTo(3);
    assertTold(path, odd);
  }

  @ParameterizedTest
  @EnumSource
  void asARunbook(Oddity odd) throws Exception {
    Path path = odd.at(folder.resolve("mine.yaml"));
    assertThat(run("runbook", "lint", path.toString())).isEqualTo(1);
    assertTold(path, odd);
  }

  @ParameterizedTest
  @EnumSource
  void asValues(Oddity odd) throws Exception {
    Path path = odd.at(folder.resolve("values.yaml"));
    assertThat(run("check", "--values", path.toString())).isEqualTo(78);
    assertTold(path, odd);
  }

  @ParameterizedTest
  @EnumSource
  void asAJournal(Oddity odd) throws Exception {
    Path path = odd.at(folder.resolve("journal.jsonl"));
    assertThat(run("journal", "verify", path.toString())).isEqualTo(6);
    assertTold(path, odd);
    assertThat(run("journal", "show", path.toString())).isEqualTo(6);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DEVICE", "LARGE"})
  void asAJournalOrItsLockThatIsOpened(Oddity odd) throws Exception {
    Path lock = odd.at(folder.resolve("journal.jsonl.lock"));
    assertThatThrownBy(() -> JournalFile.open(folder.resolve("journal.jsonl")))
        .hasMessageContaining(lock + ": " + odd.told());
    Path path = odd.at(folder.resolve("another.jsonl"));
    assertThatThrownBy(() -> JournalFile.open(path)).hasMessageContaining(path + ": " + odd.told());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DEVICE")
  void asTheConfiguration(Oddity odd) throws Exception {
    Path path = odd.at(folder.resolve("config.yaml"));
    assertThatThrownBy(() -> Configuration.read(path))
        .hasMessageContaining(path + ": " + odd.told());
  }

  @ParameterizedTest
  @EnumSource
  void asAPasswordFile(Oddity odd) throws Exception {
    Path path = odd.at(folder.resolve("pgpass"));
    assertThatThrownBy(() -> address(Map.of("PGHOST", "db", "PGPASSFILE", path.toString())))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining(path + " cannot be used: " + odd.told());
  }

  @ParameterizedTest
  @EnumSource
  void asAServiceFile(Oddity odd) throws Exception {
    Path path = odd.at(folder.resolve("pg_service.conf"));
    assertThatThrownBy(() -> address(Map.of("PGSERVICE", "a", "PGSERVICEFILE", path.toString())))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining(path + " cannot be used: " + odd.told());
  }

  @ParameterizedTest
  @EnumSource
  void asATokenFile(Oddity odd) throws Exception {
    Path path = odd.at(folder.resolve("token"));
    assertThat(run("check", "--kubeconfig", kubeconfig("", "tokenFile: token"))).isEqualTo(3);
    assertTold(path, odd);
  }

  @ParameterizedTest
  @EnumSource
  void asACertificateOrAKeyThatAKubeconfigNames(Oddity odd) throws Exception {
    Path path = odd.at(folder.resolve("pem"));
    String authority = ", certificate-authority: pem";
    assertThat(run("check", "--kubeconfig", kubeconfig(authority, "token: x"))).isEqualTo(3);
    assertTold(path, odd);
    String pair = "client-certificate: pem, client-key: pem";
    assertThat(run("check", "--kubeconfig", kubeconfig("", pair))).isEqualTo(3);
    assertTold(path, odd);
  }

  private String kubeconfig(String cluster, String user) throws Exception {
    String text =
        """
        current-context: c
        contexts: [{name: c, context: {cluster: c, user: u, namespace: n}}]
        clusters: [{name: c, cluster: {server: 'https://127.0.0.1:1'%s}}]
        users: [{name: u, user: {%s}}]
        """;
    return Files.writeString(folder.resolve("config"), text.formatted(cluster, user)).toString();
  }

  private void address(Map<String, String> environment) throws DatabaseException {
    new AddressSources(environment, folder, "ops").find(Optional.empty());
  }

  private int run(String... words) {
    err.reset();
    return Main.run(words, Storage.ofThisMachine(), new ByteArrayOutputStream(), err);
  }

  private void assertTold(Path path, Oddity odd) {
    assertThat(err.toString(UTF_8)).contains(path.toString()).contains(odd.told());
    assertThat(err.toString(UTF_8)).doesNotContain("\tat ").doesNotContain("Exception");
  }
}
