package dev.lockkeeper.practice.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Who the server runs as. PostgreSQL refuses to run as root, so root borrows another identity.
 *
 * @param prefix what to put in front of a command
 * @param owner the system user that the server's files must belong to, if it is another than ours
 */
record ServerUser(List<String> prefix, Optional<String> owner) {
  ServerUser {
    prefix = List.copyOf(prefix);
  }

  /**
   * Finds an identity that PostgreSQL accepts: ours if we are not root, else nobody in a user
   * namespace of its own, else another user.
   *
   * @throws IOException when root can become nobody else here
   */
  static ServerUser find() throws IOException, InterruptedException {
    for (ServerUser candidate : candidates()) {
      if (candidate.works()) {
        return candidate;
      }
    }
    throw new IOException(
        "PostgreSQL does not run as root, and this machine allows neither a user namespace nor"
            + " another user: start Lockkeeper as an ordinary user");
  }

  private static List<ServerUser> candidates() {
    List<ServerUser> candidates = new ArrayList<>();
    candidates.add(new ServerUser(List.of(), Optional.empty()));
    candidates.add(new ServerUser(List.of("unshare", "-U"), Optional.empty()));
    for (String user : List.of("postgres", "nobody")) {
      candidates.add(switching(user, "setpriv", "--reuid=" + user, "--clear-groups"));
      candidates.add(switching(user, "runuser", "-u", user, "--"));
    }
    return candidates;
  }

  static ServerUser switching(String user, String... prefix) {
    return new ServerUser(List.of(prefix), Optional.of(user));
  }

  private boolean works() throws InterruptedException {
    List<String> command = command("id", "-u");
    try {
      Process id =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (InputStream output = id.getInputStream()) {
        String uid = new String(output.readAllBytes(), StandardCharsets.US_ASCII).strip();
        return id.waitFor(5, TimeUnit.SECONDS)
            && id.exitValue() == 0
            && !uid.isEmpty()
            && !uid.equals("0");
      } finally {
        id.destroyForcibly();
      }
    } catch (IOException notInstalled) {
      return false;
    }
  }

  List<String> command(String... words) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of(words));
    return command;
  }

  /** Gives a file or directory to the server's user. */
  void own(Path path) throws IOException {
    if (owner.isPresent()) {
      Files.setOwner(
          path,
          path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner.get()));
    }
  }
}
