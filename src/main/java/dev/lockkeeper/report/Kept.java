package dev.lockkeeper.report;

import java.util.Optional;

/**
 * The head of a journal that was kept elsewhere.
 *
 * @param hash the head; empty when there is none to compare with
 * @param where what it is called in a sentence, such as "the head given"; without a hash, why there
 *     is none
 */
public record Kept(Optional<String> hash, String where) {
  /** One that somebody had noted. */
  public static Kept given(String hash) {
    return new Kept(Optional.of(hash), "the head given");
  }

  /** One that stands in an operator's Lease. */
  public static Kept inLease(String hash, String lease) {
    return new Kept(Optional.of(hash), "the head in lease/" + lease);
  }

  /** None. */
  public static Kept nowhere(String why) {
    return new Kept(Optional.empty(), why);
  }
}
