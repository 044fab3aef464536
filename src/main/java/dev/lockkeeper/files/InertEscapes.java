package dev.lockkeeper.files;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;

/**
 * What is escaped in JSON beyond what JSON asks for: DEL, the controls of C1, and whatever is
 * invisible or turns the direction of writing. A program reads the same text; a terminal that is
 * shown it does nothing.
 */
final class InertEscapes extends CharacterEscapes {
  private static final long serialVersionUID = 1L;
  private static final int DELETE = 0x7f;

  @Override
  public int[] getEscapeCodesForAscii() {
    int[] codes = standardAsciiEscapesForJSON();
    codes[DELETE] = ESCAPE_STANDARD;
    return codes;
  }

  /** Null for what stays as it is, as the library has it. */
  @Override
  public SerializableString getEscapeSequence(int letter) {
    return harmless(letter) ? null : new SerializedString("\\u%04X".formatted(letter));
  }

  private static boolean harmless(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          // Half a letter: what the other half makes of it is not known here.
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
