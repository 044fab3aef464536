package dev.lockkeeper.practice.server;

import dev.lockkeeper.trust.Scratch;
import dev.lockkeeper.trust.Trusted;
import dev.lockkeeper.worlds.Trees;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * A data directory that was filled once and is copied for each world, which takes a tenth of the
 * time. It bears the name of what it is made of and of its week: times in it are as old as it is.
 *
 * @param folder where it is, or will be
 * @param content what is in it
 */
record Template(Path folder, Content content) {
  private static final String PREFIX = "database-";
  private static final Duration LIFE = Duration.ofDays(7);

  /**
   * The one for a content.
   *
   * @param cache an existing folder that is ours
   */
  static Template in(Path cache, Binaries binaries, Content content) throws IOException {
    long week = Instant.now().getEpochSecond() / LIFE.toSeconds();
    String name = PREFIX + binaries.home().getFileName() + "-" + content.identity() + "-w" + week;
    return new Template(cache.resolve(name), content);
  }

  /**
   * Copies it, and makes it first if it is not there or not whole.
   *
   * @param data where to
   * @throws IOException when somebody else could have laid it down, or nothing can be written
   */
  void copyTo(DataDirectory data, Consumer<String> progress)
      throws IOException, InterruptedException {
    if (Trusted.closed(folder)) {
      try {
        FileList.read(folder).copyTo(data);
        return;
      } catch (IOException notWhole) {
        // It is remade. A disk that is full says so then.
        Trees.delete(data.path());
        Trees.delete(folder);
      }
    }
    make(data.commands(), progress);
    FileList.read(folder).copyTo(data);
  }

  private void make(Commands commands, Consumer<String> progress)
      throws IOException, InterruptedException {
    sweep();
    Path fresh = Scratch.UNPACKING.in(folder.getParent());
    try {
      DataDirectory data = new DataDirectory(fresh.resolve(FileList.DATA), commands);
      progress.accept("preparing PostgreSQL, once");
      String password = PostgresServer.secret();
      data.initialise(password);
      try (PostgresServer server = PostgresServer.launch(data, fresh.resolve("none"), password)) {
        forgetPassword(server.filled(content, progress));
        server.shutDown();
      }
      FileList.of(fresh).write();
      publish(fresh);
    } finally {
      Trees.delete(fresh);
    }
  }

  /** Nobody can come into what is copied. */
  private static void forgetPassword(PostgresServer server) throws IOException {
    try (Connection last = server.superuser("postgres");
        Statement statement = last.createStatement()) {
      statement.execute("ALTER ROLE postgres PASSWORD NULL");
    } catch (SQLException e) {
      throw new IOException("the database could not be closed: " + e.getMessage(), e);
    }
  }

  private void publish(Path fresh) throws IOException {
    try {
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException taken) {
      // Somebody else was faster; theirs is as good as ours.
      if (!Files.isDirectory(folder)) {
        throw taken;
      }
    }
  }

  /** Those of other weeks are not copied any more. */
  private void sweep() throws IOException {
    String name = folder.getFileName().toString();
    String week = name.substring(name.lastIndexOf('-'));
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder.getParent(), PREFIX + "*")) {
      for (Path each : all) {
        if (!each.getFileName().toString().endsWith(week)) {
          Trees.delete(each);
        }
      }
    }
  }
}
