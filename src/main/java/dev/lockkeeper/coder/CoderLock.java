package dev.lockkeeper.coder;

import java.util.Arrays;
import java.util.Optional;

/**
 * The advisory locks with small keys that a running coderd takes (as of v2.36; releases before know
 * fewer of them). None of them is the migration lock: whoever waits for one waits for another
 * replica's work.
 */
public enum CoderLock {
  DEPLOYMENT_SETUP("DeploymentSetup"),
  ENTERPRISE_DEPLOYMENT_SETUP("EnterpriseDeploymentSetup"),
  DB_ROLLUP("DBRollup"),
  DB_PURGE("DBPurge"),
  NOTIFICATIONS_REPORT_GENERATOR("NotificationsReportGenerator"),
  CRYPTO_KEY_ROTATION("CryptoKeyRotation"),
  RECONCILE_PREBUILDS("ReconcilePrebuilds"),
  RECONCILE_SYSTEM_ROLES("ReconcileSystemRoles"),
  BOUNDARY_USAGE_STATS("BoundaryUsageStats"),
  AI_PROVIDERS_ENV_SEED("AIProvidersEnvSeed"),
  CHAT_MODEL_CONFIG_WRITES("ChatModelConfigWrites");

  private final String written;

  CoderLock(String written) {
    this.written = written;
  }

  /**
   * The lock of this key.
   *
   * @param key a 64-bit key in decimal; the two halves of a pair, as {@code 0,4}, are another lock
   */
  public static Optional<CoderLock> of(String key) {
    return Arrays.stream(values())
        .filter(lock -> key.equals(String.valueOf(lock.key())))
        .findFirst();
  }

  /** As PostgreSQL takes it. */
  public long key() {
    return ordinal() + 1L;
  }

  /** As Coder's source writes it. */
  public String written() {
    return written;
  }
}
