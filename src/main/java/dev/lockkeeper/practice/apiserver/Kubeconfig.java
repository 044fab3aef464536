package dev.lockkeeper.practice.apiserver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The file by which clients find the server and prove who they are. */
final class Kubeconfig {
  private Kubeconfig() {}

  /** Writes it anew, readable by its owner only, since the token is in it. */
  static void write(Path file, String server, String authority, String namespace, User user)
      throws IOException {
    Files.deleteIfExists(file);
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    String text =
        """
        apiVersion: v1
        kind: Config
        current-context: practice
        clusters:
        - name: practice
          cluster:
            server: %s
            certificate-authority-data: %s
        contexts:
        - name: practice
          context:
            cluster: practice
            user: %s
            namespace: %s
        users:
        - name: %s
          user:
            token: %s
        """;
    String filled =
        text.formatted(
            server,
            Base64Text.encode(authority),
            user.name(),
            namespace,
            user.name(),
            user.token());
    Files.writeString(file, filled, StandardCharsets.UTF_8);
  }
}
