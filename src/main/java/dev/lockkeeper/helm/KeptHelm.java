package dev.lockkeeper.helm;

import com.marcnuri.helm.jni.HelmLib;
import com.marcnuri.helm.jni.NativeLibrary;
import com.sun.jna.Native;
import dev.lockkeeper.trust.Scratch;
import dev.lockkeeper.trust.Trusted;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The bundled Helm's native part, which has a hundred megabytes: unpacked once for all runs into a
 * folder of this user, under the name of its own digest, and compared with that each time. The
 * library finds this class by the list of services.
 */
public final class KeptHelm implements NativeLibrary {
  /** Of the one that is bundled, which a test compares. */
  static final String SHA256 = "8ec3ec61ca65622a886f01f0c0aecc9f9a1ba755077c584b8e79c225f4c975e1";

  private static final String BINARY = "helm-linux-amd64.so";
  private static final String KEPT = "helm-%s.so";

  /** One of another version of this program that was used more lately may still be needed. */
  private static final Duration UNUSED = Duration.ofDays(7);

  /** Where it is kept, by the XDG conventions; it need not be there yet. */
  public static Path cache(Map<String, String> environment, Path home) {
    return Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElse(home.resolve(".cache"))
        .resolve("lockkeeper/helm");
  }

  @Override
  public String getBinaryName() {
    return BINARY;
  }

  /** Where it cannot be kept it is unpacked for this run alone. */
  @Override
  public HelmLib load() {
    try {
      Path home = Path.of(System.getProperty("user.home", "/"));
      return Native.load(in(cache(System.getenv(), home)).toString(), HelmLib.class);
    } catch (IOException noSuchFolder) {
      return NativeLibrary.super.load();
    }
  }

  /**
   * The one in this folder, unpacked if it is not there, or is not what it was.
   *
   * @throws IOException if there is no room, or somebody else could have written there
   */
  static Path in(Path cache) throws IOException {
    if (!Files.isDirectory(cache)) {
      Files.createDirectories(
          cache,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Trusted.closed(cache);
    Path kept = cache.resolve(KEPT.formatted(SHA256));
    if (!Files.isRegularFile(kept) || !digest(kept).equals(SHA256)) {
      sweep(cache);
      unpack(cache, kept);
    }
    Files.setLastModifiedTime(kept, FileTime.from(Instant.now()));
    return kept;
  }

  /** All of it or nothing; of two at once, the later one's takes the place of the same. */
  private static void unpack(Path cache, Path kept) throws IOException {
    Path folder = Scratch.UNPACKING.in(cache);
    try {
      Path fresh = folder.resolve(BINARY);
      try (InputStream in = KeptHelm.class.getResourceAsStream("/" + BINARY)) {
        if (in == null) {
          throw new IOException("this build has no Helm for this machine");
        }
        Files.copy(in, fresh);
      }
      if (!digest(fresh).equals(SHA256)) {
        throw new IOException("the bundled Helm is not the one that this program was built with");
      }
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("r--------"));
      Files.move(fresh, kept, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      RunFolder.remove(folder);
    }
  }

  /** What other versions left, and who was killed while unpacking. */
  private static void sweep(Path cache) throws IOException {
    Instant limit = Instant.now().minus(UNUSED);
    try (DirectoryStream<Path> all = Files.newDirectoryStream(cache)) {
      for (Path each : all) {
        boolean old =
            each.getFileName().toString().matches("helm-[0-9a-f]{64}\\.so")
                && Files.getLastModifiedTime(each).toInstant().isBefore(limit);
        if (old) {
          Files.deleteIfExists(each);
        } else if (Scratch.UNPACKING.abandoned(each)) {
          RunFolder.remove(each);
        }
      }
    }
  }

  private static String digest(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
        Files.copy(file, sink);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
