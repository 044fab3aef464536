package dev.lockkeeper.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockkeeper.practice.server.PostgresServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.sql.Connection;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates for addresses in numbers, and the forms in which client keys come. */
class CertificatesTest {
  private static final String PASSWORD = "changeit";

  @TempDir private static Path directory;
  private static PostgresServer server;
  private static TestServer access;

  @BeforeAll
  static void start() throws Exception {
    Path cache = Files.createDirectories(Path.of("target", "practice-cache").toAbsolutePath());
    server =
        PostgresServer.start(
            Files.createDirectory(directory.resolve("world")), cache, progress -> {});
    try (Connection superuser = server.superuser("postgres")) {
      Scene.run(superuser, "CREATE ROLE boss SUPERUSER LOGIN PASSWORD 'boss'");
    }
    access = new TestServer(server.port(), "boss", "boss");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aCertificateForAnIpv6AddressIsTaken() throws Exception {
    KeyStore identity = made("v6", "RSA", "ip:::1");
    try (TlsRelay relay = relay(identity, identity)) {
      DatabaseAddress address = address(relay, certificate(identity, "v6"), Map.of());
      assertThat(DatabaseConnection.probe(address).user()).isEqualTo("boss");
    }
  }

  @Test
  void aCertificateForAnotherAddressIsNot() throws Exception {
    KeyStore identity = made("other", "RSA", "ip:::2");
    try (TlsRelay relay = relay(identity, identity)) {
      DatabaseAddress address = address(relay, certificate(identity, "other"), Map.of());
      assertThatThrownBy(() -> DatabaseConnection.probe(address))
          .isInstanceOf(DatabaseException.class);
    }
  }

  @Test
  void aClientKeyOfEllipticCurvesIsTaken() throws Exception {
    KeyStore identity = made("ec-server", "RSA", "ip:::1");
    KeyStore client = made("client", "EC", "dns:client");
    Path key = pem("client.key", "PRIVATE KEY", key(client, "client"));
    try (TlsRelay relay = relay(identity, client)) {
      Path certificate = certificate(client, "client");
      DatabaseAddress address =
          address(
              relay,
              certificate(identity, "ec-server"),
              Map.of("sslcert", certificate.toString(), "sslkey", key.toString()));
      DatabaseConnection.probe(address);
      assertThat(relay.certified).isTrue();
    }
  }

  @Test
  void olderFormsOfKeysAreNamedWithTheCommandThatHelps() throws Exception {
    for (String form : List.of("RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY")) {
      Path key = pem("old.key", form, new byte[] {1, 2, 3});
      assertThatThrownBy(() -> PrivateKeyFile.algorithm(key))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt -in " + key)
          .hasMessageContaining(form);
    }
  }

  @Test
  void aKeyThatOthersMayReadIsNamedWithTheCommandThatHelps() throws Exception {
    Path key = pem("open.key", "PRIVATE KEY", new byte[] {1, 2, 3});
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> PrivateKeyFile.algorithm(key))
        .hasMessageContaining("chmod 0600 " + key);
  }

  private static TlsRelay relay(KeyStore identity, KeyStore clients) throws Exception {
    return new TlsRelay(
        access, InetAddress.getByName("::1"), identity, trusted(clients), PASSWORD.toCharArray());
  }

  private static DatabaseAddress address(TlsRelay relay, Path root, Map<String, String> more) {
    Map<String, String> settings = new java.util.HashMap<>(more);
    settings.putAll(Map.of("sslmode", "verify-full", "sslrootcert", root.toString()));
    return new DatabaseAddress(
        List.of(new DatabaseAddress.Host("::1", relay.port())),
        "postgres",
        "boss",
        Secret.of("boss"),
        settings);
  }

  /** A key with a certificate that it signed itself, made by the JDK's own tool. */
  private static KeyStore made(String name, String algorithm, String subject) throws Exception {
    Path file = directory.resolve(name + ".p12");
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + subject,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(tool.getInputStream().readAllBytes());
    assertThat(tool.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private static KeyStore trusted(KeyStore known) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    String name = known.aliases().nextElement();
    store.setCertificateEntry(name, known.getCertificate(name));
    return store;
  }

  private static Path certificate(KeyStore store, String name) throws Exception {
    return pem(name + ".crt", "CERTIFICATE", store.getCertificate(name).getEncoded());
  }

  private static byte[] key(KeyStore store, String name) throws Exception {
    return store.getKey(name, PASSWORD.toCharArray()).getEncoded();
  }

  private static Path pem(String file, String label, byte[] content) throws Exception {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Path written =
        Files.writeString(
            directory.resolve(file),
            "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, body, label));
    return Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-------"));
  }
}
