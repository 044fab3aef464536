package dev.lockkeeper.practice.apiserver;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The server's self-signed certificate for 127.0.0.1.
 *
 * @param pem the certificate, which is its own authority
 * @param context serves it
 */
record Certificate(String pem, SSLContext context) {
  private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";

  /** Clocks that are behind ours by less find it valid. */
  private static final Duration SKEW = Duration.ofDays(1);

  private static final Duration LIFE = Duration.ofDays(3650);

  /** Makes one. Its key never leaves this process. */
  static Certificate create() throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      X509Certificate certificate = signed(keys);
      return new Certificate(pem(certificate), context(keys, certificate));
    } catch (GeneralSecurityException broken) {
      throw new IOException("this Java cannot make a certificate", broken);
    }
  }

  private static X509Certificate signed(KeyPair keys) throws GeneralSecurityException {
    byte[] algorithm = Der.sequence(Der.identifier(ECDSA_WITH_SHA256));
    byte[] body = body(keys, algorithm);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(body);
    byte[] whole = Der.sequence(body, algorithm, Der.bits(signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(whole));
  }

  /** What is signed (RFC 5280, 4.1). */
  private static byte[] body(KeyPair keys, byte[] algorithm) {
    Instant now = Clock.systemUTC().instant();
    byte[] name =
        Der.sequence(
            Der.set(Der.sequence(Der.identifier(COMMON_NAME), Der.text("practice cluster"))));
    return Der.sequence(
        Der.context(0, Der.number(2)),
        Der.number(new SecureRandom().nextLong() >>> 1),
        algorithm,
        name,
        Der.sequence(Der.time(now.minus(SKEW)), Der.time(now.plus(LIFE))),
        name,
        keys.getPublic().getEncoded(),
        Der.context(3, Der.sequence(alternativeNames(), authority())));
  }

  private static byte[] alternativeNames() {
    byte[] host = Der.implicit(2, "localhost".getBytes(StandardCharsets.US_ASCII));
    byte[] address = Der.implicit(7, new byte[] {127, 0, 0, 1});
    return Der.sequence(Der.identifier(ALTERNATIVE_NAMES), Der.octets(Der.sequence(host, address)));
  }

  private static byte[] authority() {
    return Der.sequence(
        Der.identifier(BASIC_CONSTRAINTS), Der.yes(), Der.octets(Der.sequence(Der.yes())));
  }

  private static SSLContext context(KeyPair keys, X509Certificate certificate)
      throws GeneralSecurityException, IOException {
    char[] password = {};
    // It is written nowhere; that of PKCS12 costs ten thousand rounds to put a key in and to take
    // it out.
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, password);
    store.setKeyEntry("practice", keys.getPrivate(), password, new X509Certificate[] {certificate});
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, new SecureRandom());
    return context;
  }

  private static String pem(X509Certificate certificate) throws GeneralSecurityException {
    String body =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
    return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
  }
}
