package dev.lockkeeper.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A group in which nobody is but one user, as many systems make one for each user and then let it
 * write what its user makes. A group that these files do not know has others in it.
 *
 * @param users the lines of {@code /etc/passwd}
 * @param groups the lines of {@code /etc/group}
 */
record OwnGroup(List<String> users, List<String> groups) {
  OwnGroup {
    users = List.copyOf(users);
    groups = List.copyOf(groups);
  }

  /** Those of this machine; where its files cannot be read, nobody has a group alone. */
  static OwnGroup ofThisMachine() {
    try {
      return new OwnGroup(
          Files.readAllLines(Path.of("/etc/passwd")), Files.readAllLines(Path.of("/etc/group")));
    } catch (IOException unknown) {
      return new OwnGroup(List.of(), List.of());
    }
  }

  /** Whether this group has this user in it, and nobody else. */
  boolean alone(long uid, long gid) {
    List<String[]> inIt =
        users.stream()
            .map(line -> line.split(":", -1))
            .filter(user -> user.length > 3 && user[3].equals(Long.toString(gid)))
            .toList();
    List<String[]> named =
        groups.stream()
            .map(line -> line.split(":", -1))
            .filter(group -> group.length > 3 && group[2].equals(Long.toString(gid)))
            .toList();
    return inIt.size() == 1
        && inIt.get(0)[2].equals(Long.toString(uid))
        && named.size() == 1
        && (named.get(0)[3].isBlank() || named.get(0)[3].strip().equals(inIt.get(0)[0]));
  }
}
