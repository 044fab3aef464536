package dev.lockkeeper.kubernetes.facts;

import java.util.Optional;

/**
 * Coder's database URL as its Deployment has it.
 *
 * @param url the URL, with its password; empty when there is none to be had
 * @param reason why there is none, as a sentence; empty when there is one
 */
public record DatabaseUrl(Optional<SecretText> url, String reason) {
  public static DatabaseUrl found(String url) {
    return new DatabaseUrl(Optional.of(new SecretText(url)), "");
  }

  public static DatabaseUrl absent(String reason) {
    return new DatabaseUrl(Optional.empty(), reason);
  }
}
