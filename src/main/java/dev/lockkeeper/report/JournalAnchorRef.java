package dev.lockkeeper.report;

import java.util.Optional;

/**
 * The head of a journal that was kept elsewhere.
 *
 * @param hash the head; empty when there is none to compare with
 * @param where what it is called in a sentence, such as "the head given"; without a hash, why there
 *     is none
 */
public record JournalAnchorRef(Optional<String> hash, String where) {
  /** One that somebody had noted. */
  public static JournalAnchorRef given(String hash) {
    return new JournalAnchorRef(Optional.of(hash), "the head given");
  }

  /** One that stands in an operator's Lease. */
  public static JournalAnchorRef inLease(String hash, String lease) {
    return new JournalAnchorRef(Optional.of(hash), "the head in lease/" + lease);
  }

  /** None. */
  public static JournalAnchorRef nowhere(String why) {
    return new JournalAnchorRef(Optional.empty(), why);
  }
}
