package dev.lockkeeper.practice.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateTest {
  private static X509Certificate made() throws Exception {
    byte[] pem = Certificate.create().pem().getBytes(StandardCharsets.US_ASCII);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
  }

  @Test
  void itIsItsOwnAuthorityForThisMachineAlone() throws Exception {
    X509Certificate made = made();
    made.verify(made.getPublicKey());
    made.checkValidity();
    assertThat(made.getIssuerX500Principal()).isEqualTo(made.getSubjectX500Principal());
    assertThat(made.getBasicConstraints()).isNotNegative();
    assertThat(made.getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
  }

  /** Two worlds are told apart by it. */
  @Test
  void eachHasAKeyOfItsOwn() throws Exception {
    assertThat(made().getPublicKey()).isNotEqualTo(made().getPublicKey());
  }

  @Test
  void whoseClockIsALittleBehindFindsItValid() throws Exception {
    made().checkValidity(Date.from(Instant.now().minusSeconds(3600)));
  }

  @Test
  void yearsOfTwoDigitsEndWithTheirHalfCentury() {
    assertThat(Der.time(Instant.parse("2049-12-31T23:59:59Z")))
        .isEqualTo("\u0017\r491231235959Z".getBytes(StandardCharsets.US_ASCII));
    assertThat(Der.time(Instant.parse("2050-01-01T00:00:00Z")))
        .isEqualTo("\u0018\u000f20500101000000Z".getBytes(StandardCharsets.US_ASCII));
  }
}
