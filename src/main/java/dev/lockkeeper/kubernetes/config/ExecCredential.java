package dev.lockkeeper.kubernetes.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What a credential plugin answered; never shown.
 *
 * @param token a bearer token
 * @param certificate a client certificate, PEM
 * @param key its key, PEM
 * @param expires until when it may be used again without asking; empty for as long as it works
 */
public record ExecCredential(
    Optional<String> token,
    Optional<String> certificate,
    Optional<String> key,
    Optional<Instant> expires) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Reads the plugin's output; empty when it is no ExecCredential that holds something usable. */
  public static Optional<ExecCredential> parse(String output) {
    try {
      JsonNode status = JSON.readTree(output).path("status");
      ExecCredential credential =
          new ExecCredential(
              text(status, "token"),
              text(status, "clientCertificateData"),
              text(status, "clientKeyData"),
              text(status, "expirationTimestamp").map(ExecCredential::instant));
      boolean usable =
          credential.token.isPresent()
              || credential.certificate.isPresent() && credential.key.isPresent();
      return usable ? Optional.of(credential) : Optional.empty();
    } catch (JsonProcessingException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(JsonNode node, String field) {
    return Optional.of(node.path(field).asText("")).filter(value -> !value.isEmpty());
  }

  private static Instant instant(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  boolean expired(Instant now) {
    return expires.filter(end -> !now.isBefore(end)).isPresent();
  }

  @Override
  public String toString() {
    return "ExecCredential[hidden]";
  }
}
