package dev.lockkeeper.wizard;

/**
 * A row of an open panel, by what it is and not by where it stands.
 *
 * @param kind what it is
 * @param place where its fact is: its index in the list of its kind; of a session its pid, or a
 *     prepared transaction's place
 * @param id what tells it from all others, and stays when the order changes: a uid, a pid and when
 *     the session began, a transaction's identifier
 */
public record PanelRow(Kind kind, int place, String id) {
  /** What a row can be. */
  public enum Kind {
    POD,
    REPLICA_SET,
    DEPLOYMENT,
    EVENT,
    SESSION,
    FINDING
  }
}
