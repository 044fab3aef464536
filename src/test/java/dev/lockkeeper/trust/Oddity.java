package dev.lockkeeper.trust;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** What may lie where a file is looked for, and is none, or has no end. */
public enum Oddity {
  FOLDER("it is a folder"),
  PIPE("it is a pipe"),
  SOCKET("it is a socket"),
  DEVICE("it is a device"),
  LARGE("it is larger than");

  private final String told;

  Oddity(String told) {
    this.told = told;
  }

  /** What has to be said of it. */
  public String told() {
    return told;
  }

  /** Lays it down. */
  public Path at(Path path) throws IOException, InterruptedException {
    return switch (this) {
      case FOLDER -> Files.createDirectory(path);
      case PIPE -> made(path, "mkfifo", path.toString());
      case SOCKET -> socket(path);
      case DEVICE -> Files.createSymbolicLink(path, Path.of("/dev/zero"));
      case LARGE -> large(path);
    };
  }

  private static Path made(Path path, String... command) throws IOException, InterruptedException {
    if (new ProcessBuilder(command).start().waitFor() != 0) {
      throw new IOException("cannot make " + path);
    }
    return path;
  }

  /** It stays when nobody listens any more. */
  private static Path socket(Path path) throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
    }
    return path;
  }

  /** Larger than any file that is read. */
  private static Path large(Path path) throws IOException {
    byte[] piece = "# x\n".repeat(1 << 18).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    try (OutputStream out = Files.newOutputStream(path)) {
      for (int i = 0; i < 65; i++) {
        out.write(piece);
      }
    }
    return path;
  }
}
