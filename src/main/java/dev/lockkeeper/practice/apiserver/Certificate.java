package dev.lockkeeper.practice.apiserver;

import dev.lockkeeper.trust.Scratch;
import dev.lockkeeper.trust.Trusted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The server's self-signed certificate for 127.0.0.1.
 *
 * @param pem the certificate, which is its own authority
 * @param context serves it
 */
record Certificate(String pem, SSLContext context) {
  private static final String ALIAS = "practice";

  /** Makes one with the JDK's keytool, which takes about half a second. */
  static Certificate create() throws IOException {
    Path directory = Scratch.CERTIFICATE.in(Trusted.temporary());
    Path file = directory.resolve("keys.p12");
    char[] password = UUID.randomUUID().toString().toCharArray();
    try {
      keytool(file, new String(password));
      return read(file, password);
    } catch (GeneralSecurityException broken) {
      throw new IOException("cannot use the certificate that keytool made", broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while keytool ran", stopped);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(directory);
    }
  }

  private static void keytool(Path file, String password) throws IOException, InterruptedException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                tool.toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=practice cluster",
                "-ext",
                "SAN=ip:127.0.0.1,dns:localhost",
                "-ext",
                "BC=ca:true",
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass:env",
                "STORE_PASSWORD"));
    builder.environment().put("STORE_PASSWORD", password);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("keytool could not make a certificate");
    }
  }

  private static Certificate read(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, password);
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, new SecureRandom());
    byte[] encoded = keys.getCertificate(ALIAS).getEncoded();
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    String pem = "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    return new Certificate(pem, context);
  }
}
