package brokenhouse.check;

import java.util.ArrayList;

/** Vague in name, and full of state. */
final class TextUtil {
  static final int LIMIT = 3;
  static final ArrayList<String> NAMES = new ArrayList<>();
  static final byte[] BYTES = {1};
  static int count;
  private static final int[] TABLE = {1, 2};

  private TextUtil() {}

  static int sum() {
    return TABLE[0] + TABLE[1];
  }
}
