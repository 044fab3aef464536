package dev.lockkeeper.live;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** As whom a sitting is seen by others. */
final class OperatorName {
  private OperatorName() {}

  /** User, host and run, such as {@code ann@bastion upgrade-0304-2205}. */
  static String of(String run) {
    return "%s@%s %s".formatted(System.getProperty("user.name", "somebody"), host(), run);
  }

  /** The name of this machine, also where no name service knows it. */
  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nobodyKnowsIt) {
      try {
        return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
      } catch (IOException notLinux) {
        return "unknown-host";
      }
    }
  }
}
