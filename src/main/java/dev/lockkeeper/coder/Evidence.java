package dev.lockkeeper.coder;

/** A live fact that tells whether a known issue concerns this deployment. */
public enum Evidence {
  /** How many rows {@code api_keys} has, and how many of them expired long ago. */
  API_KEYS,
  /** Whether replicas or sessions of the installed version are still there. */
  OLD_REPLICAS,
  /** How many pods will start at once. */
  REPLICA_COUNT,
  /** The schema in which Coder's tables live. */
  SCHEMA_NAME,
  /** The schema number in the database. */
  SCHEMA_NUMBER,
  /** The tag of the image, against the version of the chart. */
  IMAGE_TAG,
  /** Liveness probe of the coderd container. */
  LIVENESS_PROBE,
  /** The environment of the coderd container. */
  ENVIRONMENT,
  /** Variables of the coderd container that begin with {@code CODER_} and are empty. */
  EMPTY_VARIABLES,
  /** Whether people log in by OIDC; whether its issuer was ever changed only a person can tell. */
  OIDC,
  /** Sizes of the tables that the pending migrations touch. */
  TABLE_SIZES,
  /** Whether workspace quotas are in use; only a person can tell for sure. */
  QUOTAS
}
