package dev.lockkeeper.snapshot;

/**
 * Which database the wizard looks at; pinned when a run starts.
 *
 * @param host the host that was connected to
 * @param port its port
 * @param name the database's name
 * @param user the role
 * @param systemIdentifier the server's own identifier, equal on a standby; empty when it may not be
 *     read
 * @param startedAt when the server started, as text with microseconds: another value means another
 *     server or a restart
 * @param version {@code server_version_num}, such as 170011
 * @param standby whether it is in recovery: then its locks say nothing about the primary's
 */
public record DatabaseIdentity(
    String host,
    int port,
    String name,
    String user,
    String systemIdentifier,
    String startedAt,
    int version,
    boolean standby) {
  /** Whether this is the same database of the same server run. */
  public boolean sameServer(DatabaseIdentity other) {
    return name.equals(other.name)
        && systemIdentifier.equals(other.systemIdentifier)
        && startedAt.equals(other.startedAt);
  }
}
