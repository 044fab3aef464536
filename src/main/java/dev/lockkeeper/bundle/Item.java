package dev.lockkeeper.bundle;

import dev.lockkeeper.snapshot.Masked;
import dev.lockkeeper.snapshot.Sha256;
import dev.lockkeeper.view.TakenText;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One text that is kept: without what looks like a secret, and inert.
 *
 * @param name of its file; given any text, the constructor makes of it the name of a plain file
 * @param text its lines; given raw text, the constructor masks it and makes it inert
 */
public record Item(String name, String text) {
  private static final int LONGEST_NAME = 180;

  public Item {
    String plain = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+", "");
    name = plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    text = TakenText.of(Masked.of(text).text()) + "\n";
  }

  static Item of(String name, List<String> lines) {
    return new Item(name, String.join("\n", lines));
  }

  /** As they are written. */
  public byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What a reader compares the file with. */
  public String sha256() {
    return Sha256.of(bytes()).hex();
  }
}
