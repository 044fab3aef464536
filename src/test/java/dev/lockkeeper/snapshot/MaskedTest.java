package dev.lockkeeper.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other programs print keeps its sense and loses its secrets, which are HUSH here. */
class MaskedTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer HUSH-HUSH",
        "> authorization: Basic HUSHHUSH",
        "the server rejected Bearer HUSH.HUSH.HUSH",
        "curl -H 'X-Vault-Token: HUSH' https://vault",
        "PGPASSWORD=HUSH psql",
        "AWS_SECRET_ACCESS_KEY=HUSH",
        "{\"status\":{\"token\":\"HUSH\"}}",
        "body: \"{\\\"access_token\\\":\\\"HUSH\\\"}\"",
        "{'clientKeyData': 'HUSH'}",
        "client-key-data: HUSH",
        "dial postgres://coder:HUSH@db:5432/coder: refused",
        "dial postgres://coder:HUSH@HUSH@db:5432/coder: refused",
        "fatal: unable to access 'https://HUSHHUSHHUSHHUSHHUSH@github.com/x.git/'",
        "Get \"https://b.s3.amazonaws.com/i?X-Amz-Signature=HUSH&X-Amz-Date=1\": EOF",
        "GET https://login/callback?code=HUSH&state=1",
        "GET https://host/?a=1&access_token=HUSH",
        "usage: plugin --token HUSH --verbose",
        "plugin --db-password HUSH",
        "Set-Cookie: session=HUSH; Secure",
        "passphrase = HUSH",
        "DefaultEndpointsProtocol=https;AccountKey=HUSH;EndpointSuffix=x",
        "SharedAccessSignature=HUSH",
        "DB_PASS=HUSH",
        "credential: HUSH",
        "{\"auths\":{\"ghcr.io\":{\"auth\":\"HUSH\"}}}",
        "curl -u bob:HUSH https://db",
        "key AIzaHUSHHUSHHUSHHUSHHUSHHUSH",
        "id-token eyJHUSHHUSH.eyJHUSH.HUSH_HUSH is expired",
        "token k8s-aws-v1.HUSH",
        "got ghp_HUSHHUSHHUSHHUSHHUSH",
        "-----BEGIN RSA PRIVATE KEY-----\\nHUSH\\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nHUSH\n-----END PRIVATE KEY-----",
      })
  void aSecretIsMaskedInWhateverFormItIsPrinted(String line) {
    assertThat(Masked.of(line).text()).doesNotContain("HUSH").contains("…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password authentication failed for user \"coder\"",
        "secrets \"coder-db-url\" is forbidden: User \"system:serviceaccount:a:b\" cannot get",
        "exceeded quota: q, requested: secrets=1, used: secrets=5, limited: secrets=5",
        "MountVolume.SetUp failed for volume \"db\" : secret \"coder-db-url\" not found",
        "the token is no longer accepted",
        "no credentials: log in first",
        "3 checks pass: 2, fail: 1",
        "✔ pass    a backup newer than 1 h",
        "Get \"https://10.0.0.1:6443/api?timeout=32s\": dial tcp 10.0.0.1:6443: i/o timeout",
        "postgres://coder@db.example.org:5432/coder does not answer",
        "pull access denied for ghcr.io/coder/coder:v2.29.3, basic-auth is needed",
        "tls: invalid signature by the server certificate",
      })
  void whatIsNoSecretStays(String line) {
    assertThat(Masked.of(line).text()).isEqualTo(line);
  }

  @Test
  void aLongLineOfAnythingIsMaskedInNoTime() {
    for (String piece :
        new String[] {"a", "-", "token", "://", "eyJ", "secret.", "\"", " ", "?sig="}) {
      Assertions.assertTimeout(
          Duration.ofSeconds(20),
          () -> assertThatCode(() -> Masked.of(piece.repeat(4_000))).doesNotThrowAnyException());
    }
  }
}
