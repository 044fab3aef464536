package dev.lockkeeper.kubernetes.config;

import dev.lockkeeper.clock.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The answer of a credential plugin, kept until it expires or is rejected. */
final class ExecCredentials implements Credentials {
  /** A plugin that fails is left alone for this long: its own server may be the one in trouble. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final ExecPlugin plugin;
  private Optional<ExecCredential> present = Optional.empty();
  private Optional<CredentialException> failure = Optional.empty();
  private Instant failedAt = Instant.EPOCH;

  ExecCredentials(ExecPlugin plugin) {
    this.plugin = plugin;
  }

  @Override
  public Optional<String> authorization() {
    return current().token().map(token -> "Bearer " + token);
  }

  @Override
  public synchronized boolean renew(String rejected) {
    if (authorization().filter(rejected::equals).isPresent()) {
      present = Optional.empty();
    }
    return authorization().filter(header -> !header.equals(rejected)).isPresent();
  }

  /** The credential that is good now; runs the plugin if there is none. */
  synchronized ExecCredential current() {
    // When it expires, somebody else wrote by a clock of theirs.
    if (present.isPresent() && !present.get().expired(Instant.now())) {
      return present.get();
    }
    if (failure.isPresent() && SteadyClock.now().isBefore(failedAt.plus(PAUSE))) {
      throw failure.get();
    }
    try {
      present = Optional.of(plugin.run());
      failure = Optional.empty();
      return present.get();
    } catch (CredentialException e) {
      failedAt = SteadyClock.now();
      failure = Optional.of(e);
      throw e;
    }
  }
}
