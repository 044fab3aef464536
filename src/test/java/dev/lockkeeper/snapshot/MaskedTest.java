package dev.lockkeeper.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        "key\n-----BEGIN ENCRYPTED PRIVATE KEY-----\nHUSH\nHUSH",
        "HUSHHUSHHUSHHUSHHUSH\n"
            + "HUSHHUSHHUSHHUSHHUSH\n"
            + "HUSHHUSHHUSHHUSHHUSH==\n"
            + "-----END RSA PRIVATE KEY-----",
        "token:\n  HUSH",
        "token:\nHUSH",
        "token:\n\n   HUSH",
        "client-key-data:\n    HUSH\n    HUSH",
        "  password: |\n    HUSH\n    HUSH\n  next: x",
        "  password: >-\n    HUSH\n\n    HUSH\n  next: x",
        "tokens:\n  - HUSH\n  - HUSH\nnext: x",
        "tokens:\n- HUSH\n- HUSH\nnext: x",
        "{\n  \"password\":\n  \"HUSH\"\n}",
        "password is HUSH",
        "the Password was HUSH in the end",
        "your api key is HUSH",
        "password is HUSH for bob",
        "password 'HUSH' is too short",
        "invalid token \"HUSHHUSH\"",
        "login with password HUSHHUSHh1",
        "password: HUSH",
        "password = HUSH HUSH",
        "token=HUSH",
        "{\"name\":\"CODER_PG_PASSWORD\",\"value\":\"HUSH\"}",
        "{\"name\": \"TOKEN\", \"value\": \"HUSH\"}",
        "- name: DB_PASSWORD\n  value: HUSH",
        "DBPASS: HUSH",
        "smtp.pass = HUSH",
        "PGPASSWORD HUSH",
        "CODER_OIDC_CLIENT_SECRET   HUSH",
        "password is set to HUSH",
        "the token was set to HUSH",
        "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nHUSH\n-----END PGP PRIVATE KEY BLOCK-----",
        "<password>HUSH</password>",
        "<db-password type=\"x\">HUSH</db-password>",
        "CREATE USER x IDENTIFIED BY 'HUSH'",
        "clone https://HUSH@github.com/x.git",
      })
  void aSecretIsMaskedInWhateverFormItIsPrinted(String line) {
    assertThat(Masked.of(line).text()).doesNotContain("HUSH").contains("…");
  }

  /** The shapes by name, each with what looks nearly like it and has to stay readable. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a URL, postgres  | postgresql://coder:HUSH@db/coder      | postgresql://coder@db/coder",
        "a URL, redis     | redis://:HUSH@cache:6379/0            | redis://cache:6379/0",
        "a URL, amqp      | amqps://u:HUSH@mq/vhost               | amqps://mq/vhost",
        "a URL, mail      | smtp://bob:HUSH@mail:587              | mailto://bob@mail",
        "a URL, any       | x-y+z://u:HUSH@h                      | host:5432/coder",
        "a query, token   | GET /x?token=HUSH&a=1                 | GET /x?page=3&a=1",
        "a query, key     | GET /x?api_key=HUSH                   | GET /x?sort=key",
        "a query, signed  | https://b/o?X-Amz-Signature=HUSH      | https://b/o?versionId=3",
        "a query, sig     | https://b/o?sv=1&sig=HUSH             | https://b/o?sv=1&sr=b",
        "conninfo         | host=db user=coder password=HUSH      | host=db user=coder"
            + " dbname=coder",
        "a web token      | got eyJHUSHHUSH.eyJHUSH.HUSH_HUSH     | got eyJ and no more",
        "Authorization    | Authorization: Bearer HUSHHUSH        | Authorize the app first",
        "a cookie         | Cookie: coder_session=HUSH            | the cookie is off",
        "cloud, id        | AKIAHUSHHUSHHUSHHUSH is used          | AKIA is the prefix",
        "cloud, secret    | aws_secret_access_key = HUSH          | aws_region = eu-central-1",
        "cloud, storage   | AccountKey=HUSH;Suffix=x              | AccountName=coder;Suffix=x",
        "cloud, google    | AIzaHUSHHUSHHUSHHUSHHUSHHUSH          | AIza is short",
        "forge, github    | ghp_HUSHHUSHHUSHHUSHHUSH              | ghp_ is a prefix",
        "forge, gitlab    | glpat-HUSHHUSHHUSHHUSH                | glpat is a prefix",
        "forge, slack     | xoxb-HUSHHUSHHUSHHUSHHUSH             | xoxb is a prefix",
        "payment          | sk_live_HUSHHUSHHUSHHUSHHUSH          | sk_live_ is a prefix",
        "mail service     | SG.HUSHHUSHHUSHHUSHHUSH.HUSH          | SG. is a prefix",
        "age              | AGE-SECRET-KEY-1HUSHHUSHHUSHHUSHHUSH  | AGE of 1 d",
        "Coder's token    | HUSHHUSH12-HUSHHUSHHUSHHUSHHUSH34     | coder-7d9f8b6c5d-x2k9p",
        "Coder's in prose | use HUSHHUSHxy-HUSHHUSHabcdefghHUSH12. | use"
            + " kubernetes-controllermanagerstatus",
        "a hash, SCRAM    | SCRAM-SHA-256$4096:HUSH==$HUSH:HUSH   | SCRAM-SHA-256 is wanted",
        "a hash, bcrypt   | $2a$10$HUSHHUSHHUSHHUSHHUSHHUSH       | $2 a piece",
        "a hash, Coder's  | $pbkdf2-sha256$65535$HUSHHUSH$HUSH    | pbkdf2-sha256 is used",
        "a uuid stays     | token=HUSH                            |"
            + " 3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "an image stays   | token=HUSH                            |"
            + " coder@sha256:3f2504e04f8911d39a0c0305e82c3301",
        "a lock stays     | token=HUSH                            | AccessExclusiveLock of relation"
            + " api_keys",
      })
  void aShapeIsMaskedAndItsNearMissStays(String shape, String secret, String nearMiss) {
    assertThat(Masked.of(secret).text()).doesNotContain("HUSH").contains("…");
    assertThat(Masked.of(nearMiss).text()).isEqualTo(nearMiss);
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
        "✔ pass    a backup is not older than 1 h",
        "Get \"https://10.0.0.1:6443/api?timeout=32s\": dial tcp 10.0.0.1:6443: i/o timeout",
        "postgres://coder@db.example.org:5432/coder does not answer",
        "pull access denied for ghcr.io/coder/coder:v2.29.3, basic-auth is needed",
        "tls: invalid signature by the server certificate",
        "the password is wrong",
        "a token was rejected by the server",
        "password is required",
        "no password supplied",
        "using password authentication",
        "the secret is in the namespace coder",
        "unexpected token '}' in line 3",
        "CODER_PG_PASSWORD is missing",
        "PGPASSWORD and PGUSER are not set",
        "CODER_PG_CONNECTION_URL Secret coder-db-url, key url",
        "name: coder\nvalue: 3",
        "https://coder.example.org/healthz does not answer",
        "bypass: yes",
        "-----BEGIN CERTIFICATE-----\nMIIBHUSHHUSHHUSHHUSHHUSHHUSHHUSH\n-----END CERTIFICATE-----",
      })
  void whatIsNoSecretStays(String line) {
    assertThat(Masked.of(line).text()).isEqualTo(line);
  }

  @Test
  void whatFollowsASecretOfSeveralLinesStays() {
    assertThat(
            Masked.of(
                    "-----BEGIN PRIVATE KEY-----\nHUSH\n-----END PRIVATE KEY-----\nstarted\n"
                        + "password: |\n  HUSH\nnext: x\ntokens:\n- HUSH\nlast: y")
                .lines())
        .contains("started", "next: x", "last: y");
  }

  @Test
  void aLongLineOfAnythingIsMaskedInNoTime() {
    for (String piece :
        new String[] {
          "a",
          "-",
          "token",
          "://",
          "eyJ",
          "secret.",
          "\"",
          " ",
          "?sig=",
          "\n",
          "a\n",
          "token:\n",
          "  token:\n - ",
          "AAAA",
          "AAAAAAAAAAAAAAAA\n",
          "password is ",
          "name: TOKEN ",
          "PASSWORD ",
          "<token ",
          "-----BEGIN PRIVATE KEY-----",
          "-----END PRIVATE KEY-----"
        }) {
      Assertions.assertTimeout(
          Duration.ofSeconds(20),
          () -> assertThatCode(() -> Masked.of(piece.repeat(4_000))).doesNotThrowAnyException());
    }
  }
}
