package dev.lockkeeper.action;

/**
 * Keeps what is seen on this machine. An implementation reads, and changes nothing in cluster or
 * database; it is bounded in time and bytes, and never throws.
 */
public interface EvidenceOperations {
  /**
   * Writes what there is to a new folder. What could not be read is told, and does not keep the
   * rest back; it is refused when the folder cannot be written.
   */
  Outcome keep(EvidenceRequest request);
}
