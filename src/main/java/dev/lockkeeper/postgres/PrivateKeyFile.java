package dev.lockkeeper.postgres;

import dev.lockkeeper.trust.OrdinaryFile;
import dev.lockkeeper.trust.Unreadable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client's private key. libpq reads every form that OpenSSL knows; the driver reads PKCS#8 and
 * PKCS#12 alone, and of an unencrypted PEM file it has to be told the algorithm.
 */
final class PrivateKeyFile {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN (?<kind>[A-Z0-9 ]*)PRIVATE KEY-----(?<body>[^-]*)");

  /** The algorithm's identifier in the DER of the key, and its name in Java. */
  private static final byte[] EC = {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

  private static final int LARGEST = 1 << 20;

  private PrivateKeyFile() {}

  /**
   * The algorithm of the key in this file, as the driver wants to be told it.
   *
   * @throws DatabaseException if the driver cannot read the file, with the command that helps
   */
  static String algorithm(Path file) throws DatabaseException {
    requirePrivate(file);
    Matcher pem = PEM.matcher(text(file));
    if (!pem.find()) {
      return "RSA";
    }
    String kind = pem.group("kind").strip();
    if (kind.isEmpty()) {
      return contains(der(pem.group("body")), EC) ? "EC" : "RSA";
    }
    if (kind.equals("ENCRYPTED")) {
      return "RSA";
    }
    throw new DatabaseException(
        "The key %s is in the form \"%s PRIVATE KEY\", which cannot be read here: run openssl pkcs8 -topk8"
                .formatted(file, kind)
            + " -nocrypt -in %s -out %s.p8 (then chmod 0600 on it) and name that file by sslkey."
                .formatted(file, file));
  }

  /** As libpq does: nobody else may read it, or the group alone where it is root's. */
  private static void requirePrivate(Path file) throws DatabaseException {
    try {
      boolean roots = Files.getOwner(file).getName().equals("root");
      boolean open =
          Files.getPosixFilePermissions(file).stream()
              .map(PosixFilePermission::name)
              .anyMatch(
                  right ->
                      right.startsWith("OTHERS_")
                          || right.startsWith("GROUP_") && !(roots && right.equals("GROUP_READ")));
      if (open) {
        throw new DatabaseException(
            "The key %s may be read by others: run chmod 0600 %s.".formatted(file, file));
      }
    } catch (IOException | UnsupportedOperationException e) {
      throw new DatabaseException("The key %s cannot be read: check its owner.".formatted(file));
    }
  }

  private static String text(Path file) throws DatabaseException {
    try {
      return new String(OrdinaryFile.bytes(file, LARGEST), StandardCharsets.ISO_8859_1);
    } catch (Unreadable e) {
      throw new DatabaseException(
          "The key %s cannot be used: %s. Name another by sslkey.".formatted(file, e.getMessage()));
    }
  }

  private static byte[] der(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException broken) {
      return new byte[0];
    }
  }

  private static boolean contains(byte[] all, byte[] part) {
    return new String(all, StandardCharsets.ISO_8859_1)
        .contains(new String(part, StandardCharsets.ISO_8859_1));
  }
}
