package dev.lockkeeper.files;

import dev.lockkeeper.parsing.Malformed;
import dev.lockkeeper.parsing.NodeStream;
import dev.lockkeeper.parsing.YamlNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The YAML that is bundled with the program. The build reads it and puts a tree beside each file,
 * so that no start of the program needs a parser for it; where there is no tree, the file is read.
 */
public final class BundledYaml {
  private static final String FOLDER = "/dev/lockkeeper/";
  private static final String TREE = ".tree";
  private static final List<String> READ = List.of("knowledge", "runbooks");

  private BundledYaml() {}

  /**
   * Makes the trees; a step of the build.
   *
   * @param classes the folder of the compiled classes
   */
  public static void main(String[] classes) throws IOException {
    for (String room : READ) {
      try (Stream<Path> all = Files.list(Path.of(classes[0] + FOLDER + room))) {
        for (Path file : all.filter(each -> each.toString().endsWith(".yaml")).toList()) {
          String name = file.getFileName().toString();
          Files.write(
              file.resolveSibling(name + TREE), tree(YamlNode.read(name, Files.readString(file))));
        }
      }
    }
  }

  private static byte[] tree(YamlNode root) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    NodeStream.write(root, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  /**
   * A bundled file, read.
   *
   * @param path below the program's folder, such as {@code knowledge/gaps.yaml}
   * @throws Malformed if it is not part of this build
   */
  static YamlNode read(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return bytes(path + TREE)
        .map(tree -> decoded(name, tree))
        .orElseGet(() -> YamlNode.read(name, text(path)));
  }

  private static YamlNode decoded(String name, byte[] tree) {
    try {
      return NodeStream.read(name, new DataInputStream(new ByteArrayInputStream(tree)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The text of a bundled file.
   *
   * @throws Malformed if it is not part of this build
   */
  static String text(String path) {
    return bytes(path)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .orElseThrow(() -> new Malformed(path + ":1: is not part of this build"));
  }

  /** Whether it is part of this build. */
  static boolean has(String path) {
    return BundledYaml.class.getResource(FOLDER + path) != null;
  }

  private static Optional<byte[]> bytes(String path) {
    try (InputStream in = BundledYaml.class.getResourceAsStream(FOLDER + path)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
