package dev.lockkeeper.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A token in a file that somebody else renews, such as the kubelet does for a service account. It
 * is read again for each request, so that there is nothing to grow stale.
 */
final class TokenFile implements Credentials {
  private final Path file;

  TokenFile(Path file) {
    this.file = file;
  }

  @Override
  public Optional<String> authorization() {
    try {
      return Optional.of("Bearer " + Files.readString(file).strip());
    } catch (IOException e) {
      throw new CredentialException(
          "The token file %s cannot be read: it must exist and be readable.".formatted(file));
    }
  }

  @Override
  public boolean renew(String rejected) {
    return authorization().filter(header -> !header.equals(rejected)).isPresent();
  }
}
