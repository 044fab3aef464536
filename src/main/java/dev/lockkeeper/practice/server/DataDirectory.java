package dev.lockkeeper.practice.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A directory with PostgreSQL's data, on which no server runs.
 *
 * @param path where it is
 * @param commands how PostgreSQL's programs are run
 */
record DataDirectory(Path path, Commands commands) {
  /** Makes it, with {@code postgres} as the only role. */
  void initialise(String password) throws IOException, InterruptedException {
    Path secret =
        Files.createFile(
            path.resolveSibling("password"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(secret, password);
      commands.user().own(secret);
      // PostgreSQL's own C.UTF-8 does not depend on the locales of the machine.
      commands.run(
          commands.words(
              "initdb",
              "--pgdata=" + path,
              "--username=postgres",
              "--pwfile=" + secret,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--no-sync"),
          "");
    } finally {
      Files.delete(secret);
    }
    for (String settings : new String[] {"pg_hba.conf", "postgresql.conf"}) {
      Files.writeString(path.resolve(settings), PostgresServer.resource(settings));
    }
  }

  /** Makes a copy a cluster of its own, into which nobody else has a password. */
  void renew(String password) throws IOException, InterruptedException {
    SystemIdentifier.renew(path);
    // Without a server: nobody can come in before the password is set, and it is no process's
    // argument.
    commands.run(
        commands.words("postgres", "--single", "-D", path.toString(), "postgres"),
        "ALTER ROLE postgres PASSWORD '" + password + "'\n");
  }
}
