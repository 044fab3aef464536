package dev.lockkeeper.practice.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * What is in a server's databases when it is entered for the first time. It is made once and copied
 * from then on ({@link Template}), so it holds no password.
 *
 * @param texts all that it is made of; another text makes another content
 * @param filling how it is made
 */
public record Content(List<String> texts, Filling filling) {
  public Content {
    texts = List.copyOf(texts);
  }

  /** Fills a server. */
  @FunctionalInterface
  public interface Filling {
    /**
     * Fills an empty one.
     *
     * @param progress takes short lines about what is going on
     */
    void into(PostgresServer server, Consumer<String> progress) throws SQLException;
  }

  /** Nothing but what PostgreSQL itself puts there. */
  public static Content none() {
    return new Content(List.of(), (server, progress) -> {});
  }

  /** A name for it that two contents do not share. */
  String identity() throws IOException {
    CRC32 sum = new CRC32();
    sum.update(PostgresServer.resource("postgresql.conf").getBytes(StandardCharsets.UTF_8));
    texts.forEach(text -> sum.update(text.getBytes(StandardCharsets.UTF_8)));
    return Long.toHexString(sum.getValue());
  }
}
