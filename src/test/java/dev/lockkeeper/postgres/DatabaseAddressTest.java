package dev.lockkeeper.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockkeeper.postgres.DatabaseAddress.Host;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "postgres://coder:plain@db:5432/coder plain",
        "postgresql://coder:p%40ss%2Fword@db:5432/coder p@ss/word",
        "postgres://coder:p@ss@db:5432/coder p@ss",
        "postgres://coder:p/w@db:5432/coder p/w",
        "postgres://coder:p?w@db:5432/coder p?w",
        "postgres://coder:p#w@db:5432/coder p#w",
        "postgres://coder:1#w@db:5432/coder 1#w",
        "postgres://coder:1/w@db:5432/coder 1/w",
        "postgres://coder:50%off@db:5432/coder 50%off",
        "postgres://coder:a[b]{c}^|`\"<>@db:5432/coder a[b]{c}^|`\"<>",
        "postgres://coder:a+b&c=d@db:5432/coder a+b&c=d",
        "postgres://db:5432/coder?user=coder&password=q%26a q&a",
      })
  void understandsPasswordsAsCoderdDoes(String url, String password) throws Exception {
    DatabaseAddress address = DatabaseAddress.parse(url);
    assertThat(address.password()).isEqualTo(Secret.of(password));
    assertThat(address).hasToString("coder@db:5432/coder");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | no URL of PostgreSQL",
        "c4nary | no URL of PostgreSQL",
        "mysql://coder:c4nary@db/coder | no URL of PostgreSQL",
        "postgres://coder:x@c4nary/y@db/coder | percent-encode",
        "postgres://coder:x:c4nary/y:z@w/v@db/coder | percent-encode",
        "postgres://coder:c4nary@d b/coder | host name",
        "postgres://coder:c4nary@db:port/coder | host name",
      })
  void quotesNothingOfWhatItDoesNotUnderstand(String url, String told) {
    assertThatThrownBy(() -> DatabaseAddress.parse(url))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining(told)
        .hasMessageNotContaining("c4nary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"postgres://coder:c4nary@d b/coder", "mysql://coder:c4nary@db/coder", "x"})
  void encodingIsAdvisedOnlyWhereAPasswordIsTheTrouble(String url) {
    assertThatThrownBy(() -> DatabaseAddress.parse(url)).hasMessageNotContaining("percent-encode");
  }

  @Test
  void aWordWithAnUnknownValueIsRefusedWithThoseItCanHave() {
    assertThatThrownBy(() -> driver("postgres://db/coder?sslmode=verify"))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("sslmode=verify: it can be allow, disable");
    assertThatThrownBy(() -> driver("postgres://db/coder?target_session_attrs=master"))
        .hasMessageContaining("target_session_attrs=master");
  }

  @Test
  void takesSeveralHostsAndSettings() throws Exception {
    DatabaseAddress address =
        DatabaseAddress.parse(
            "postgres://coder@a:1,b,[::1]:3/my%20db?sslmode=disable&search_path=my%2Cb&options=-c%20x%3Dy");
    assertThat(address.hosts())
        .containsExactly(new Host("a", 1), new Host("b", 5432), new Host("::1", 3));
    assertThat(address.database()).isEqualTo("my db");
    assertThat(address.settings())
        .containsEntry("search_path", "my,b")
        .containsEntry("options", "-c x=y");
    assertThat(DriverProperties.url(address))
        .isEqualTo("jdbc:postgresql://a:1,b:5432,[0:0:0:0:0:0:0:1]:3/my+db");
    assertThat(DriverProperties.of(address))
        .containsEntry("currentSchema", "my,b")
        .containsEntry("options", "-c x=y")
        .containsEntry("sslmode", "disable");
  }

  @Test
  void aUrlWithoutSslmodeMeansWhatItMeansToCoderd() throws Exception {
    assertThat(driver("postgres://coder@db/coder")).containsEntry("sslmode", "require");
  }

  @Test
  void aRootCertificateIsCheckedAgainst() throws Exception {
    Path root = java.nio.file.Files.createFile(directory.resolve("ca.crt"));
    assertThat(driver("postgres://coder@db/coder?sslmode=require&sslrootcert=" + root))
        .containsEntry("sslmode", "verify-ca")
        .containsEntry("sslrootcert", root.toString());
    assertThat(driver("postgres://coder@db/coder?sslmode=verify-full").getProperty("sslfactory"))
        .as("the machine's own certificates")
        .contains("DefaultJavaSSLFactory");
  }

  @Test
  void aCertificatePathOfThePodIsNamed() {
    assertThatThrownBy(() -> driver("postgres://coder@db/coder?sslrootcert=/pod/certs/ca.crt"))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("sslrootcert=/pod/certs/ca.crt")
        .hasMessageContaining("inside the pod");
  }

  private static Properties driver(String url) throws DatabaseException {
    return DriverProperties.of(DatabaseAddress.parse(url));
  }

  @Test
  void thePasswordNeverShows() throws Exception {
    DatabaseAddress address = DatabaseAddress.parse("postgres://coder:c4nary@db/coder");
    assertThat(address.toString() + List.of(address) + Map.of("a", address.password()))
        .doesNotContain("c4nary");
    assertThat(DriverProperties.url(address)).doesNotContain("c4nary");
  }
}
