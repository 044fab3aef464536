package dev.lockkeeper.coder;

import java.util.List;

/**
 * A migration of Coder's database.
 *
 * <p>The tables were read off its SQL by pattern: good for saying what an upgrade is about, not
 * proof of what it locks.
 *
 * @param number its number, which {@code schema_migrations} holds after it ran
 * @param name its name, as its file is named
 * @param since the first release that carries it; v2.0.0 also stands for everything before
 * @param creates tables that it makes
 * @param touches tables that were there and that it alters, indexes, updates, deletes from or drops
 */
public record Migration(
    long number, String name, CoderVersion since, List<String> creates, List<String> touches) {
  public Migration {
    creates = List.copyOf(creates);
    touches = List.copyOf(touches);
  }
}
