package dev.lockkeeper.practice.coderd;

import dev.lockkeeper.parsing.YamlNode;
import java.util.Set;

/**
 * A fault: one replica opens a transaction, does something in it, and never ends it.
 *
 * @param start which container it is, counted from the first one that the world starts
 * @param statement what it does in the transaction
 */
public record Hold(int start, String statement) {
  /** What a scenario says of it. */
  public static Hold of(YamlNode node) {
    node.only(Set.of("start", "statement"));
    return new Hold((int) node.at("start").number(), node.text("statement"));
  }
}
