package dev.lockkeeper.snapshot;

import java.nio.charset.StandardCharsets;

/**
 * A plan that a second operator shall look at before it is carried out. Whoever watches sees the
 * plan and a code; the code belongs to this plan and this question alone.
 *
 * <p>It makes two people look. It does not prove that there were two: whoever may read the Lease
 * can work the code out.
 *
 * @param plan the plan's digest
 * @param summary what would be done, in one line
 * @param command the command that would do it
 * @param nonce a value that is used once
 */
public record SecondLook(String plan, String summary, String command, String nonce) {
  /** Without letters and digits that are taken for one another. */
  private static final String LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final int LENGTH = 6;

  /** What the second operator reads out. */
  public String code() {
    byte[] digest = Sha256.of((plan + "\n" + nonce).getBytes(StandardCharsets.UTF_8)).bytes();
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      code.append(LETTERS.charAt(Byte.toUnsignedInt(digest[i]) % LETTERS.length()));
    }
    return code.toString();
  }
}
