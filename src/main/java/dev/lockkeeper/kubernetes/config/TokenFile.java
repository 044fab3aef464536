package dev.lockkeeper.kubernetes.config;

import dev.lockkeeper.trust.OrdinaryFile;
import dev.lockkeeper.trust.Unreadable;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A token in a file that somebody else renews, such as the kubelet does for a service account. It
 * is read again for each request, so that there is nothing to grow stale.
 */
final class TokenFile implements Credentials {
  /** No server takes a header of this length. */
  private static final int LARGEST = 1 << 16;

  private final Path file;

  TokenFile(Path file) {
    this.file = file;
  }

  @Override
  public Optional<String> authorization() {
    try {
      return Optional.of("Bearer " + OrdinaryFile.text(file, LARGEST).strip());
    } catch (Unreadable e) {
      throw new CredentialException(
          "The token file %s cannot be used: %s. Correct it or the kubeconfig that names it."
              .formatted(file, e.getMessage()));
    }
  }

  @Override
  public boolean renew(String rejected) {
    return authorization().filter(header -> !header.equals(rejected)).isPresent();
  }
}
