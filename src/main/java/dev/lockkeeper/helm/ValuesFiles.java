package dev.lockkeeper.helm;

import dev.lockkeeper.action.ValuesRequest;
import dev.lockkeeper.snapshot.HelmRelease.Values;
import dev.lockkeeper.snapshot.Sha256;
import dev.lockkeeper.snapshot.ValuesFile;
import dev.lockkeeper.trust.OrdinaryFile;
import dev.lockkeeper.trust.Trusted;
import dev.lockkeeper.trust.Unreadable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.DuplicateKeyException;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Files with values for Helm: those that were kept, {@code values-REVISION.yaml} in the folder of
 * the runs, and one that the operator named. They hold passwords: of what is in them, nothing but
 * what may be shown leaves this class, and no word of a parser that quotes them.
 */
public final class ValuesFiles {
  /** Nobody has more values than a Secret can hold, in which Helm has to keep them. */
  private static final int LARGEST = 1 << 20;

  private static final Pattern KEPT = Pattern.compile("values-([1-9][0-9]{0,8})\\.yaml");
  private static final String DIGEST = ".sha256";
  private static final Pattern HARMLESS =
      Pattern.compile(
          "mapping values are not allowed here|could not find expected ':'"
              + "|found unexpected end of stream"
              + "|expected <[a-z ]+>, but found '<[a-z ]+>'");
  private static final Pattern UNCLOSED = Pattern.compile("expected ',' or '([]}])', but got .*");

  private final HelmConfig desk;
  private String lastKey = "";
  private Optional<ValuesFile> last = Optional.empty();

  ValuesFiles(HelmConfig desk) {
    this.desk = desk;
  }

  /**
   * Why this file cannot be given to Helm, with its path and, where it is known, line and column;
   * empty when it can.
   */
  public static Optional<String> trouble(Path path) {
    ValuesFile file = new ValuesFiles(HelmConfig.of(path)).read(path);
    return file.usable()
        ? Optional.empty()
        : Optional.of("%s: %s".formatted(file.path(), file.trouble()));
  }

  /** The file that there is, read again only when it is another one than before. */
  Optional<ValuesFile> look() throws IOException {
    Optional<Path> path = desk.values().isPresent() ? desk.values() : newest();
    if (path.isEmpty()) {
      return Optional.empty();
    }
    String key = key(path.get());
    if (!key.equals(lastKey)) {
      last = Optional.of(read(path.get()));
      lastKey = key;
    }
    return last;
  }

  private Optional<Path> newest() throws IOException {
    if (!Trusted.ours(desk.runs())) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(desk.runs())) {
      return all.filter(each -> revision(each).isPresent())
          .max(Comparator.comparingInt(each -> revision(each).orElseThrow()));
    }
  }

  private Optional<Integer> revision(Path path) {
    Matcher name = KEPT.matcher(path.getFileName().toString());
    return desk.values().isEmpty() && name.matches()
        ? Optional.of(Integer.valueOf(name.group(1)))
        : Optional.empty();
  }

  private static String key(Path path) {
    try {
      return "%s %s %d".formatted(path, Files.getLastModifiedTime(path), Files.size(path));
    } catch (IOException e) {
      return path + " " + e.getClass();
    }
  }

  private ValuesFile read(Path path) {
    byte[] content;
    try {
      if (desk.values().isEmpty()) {
        // What the operator names is theirs to answer for; what is found has to be ours.
        Trusted.ours(path);
      }
      content = OrdinaryFile.bytes(path, LARGEST);
    } catch (IOException e) {
      return unusable(path, "", e.getMessage());
    }
    String sha256 = Sha256.of(content).hex();
    CharBuffer text = CharBuffer.allocate(content.length);
    ByteBuffer bytes = ByteBuffer.wrap(content);
    if (StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true).isError()) {
      return unusable(path, sha256, end(text.flip().toString()) + "this is no text in UTF-8");
    }
    try {
      Object root = yaml().load(text.flip().toString());
      if (root != null && !(root instanceof Map)) {
        return unusable(path, sha256, "line 1: it holds no keys with values");
      }
      Values values = Values.of(root == null ? Map.of() : (Map<?, ?>) root);
      return new ValuesFile(
          path.toString(), revision(path), edited(path, sha256), sha256, "", values);
    } catch (MarkedYAMLException e) {
      return unusable(path, sha256, where(e.getProblemMark()) + said(e));
    } catch (RuntimeException e) {
      // The parser throws more than its own, such as for a number that is none, which it quotes.
      return unusable(path, sha256, "it is no YAML");
    }
  }

  /** What is in it now, as it is given to Helm. */
  static byte[] content(Path path) throws IOException {
    try {
      return OrdinaryFile.bytes(path, LARGEST);
    } catch (Unreadable e) {
      throw new IOException("%s: %s".formatted(path, e.getMessage()), e);
    }
  }

  /**
   * The parser's own words only where they hold nothing of the file: it quotes tags and aliases.
   */
  private static String said(MarkedYAMLException e) {
    String problem = String.valueOf(e.getProblem());
    if (e instanceof DuplicateKeyException) {
      return "this key stands there twice";
    }
    if (problem.contains("(TAB)")) {
      return "a tab stands here: YAML is indented by spaces only";
    }
    Matcher unclosed = UNCLOSED.matcher(problem);
    if (unclosed.matches()) {
      return "before this, a comma or the closing %s is missing".formatted(unclosed.group(1));
    }
    return HARMLESS.matcher(problem).matches() ? problem : "from here on it is no YAML";
  }

  private static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return new Yaml(new SafeConstructor(options));
  }

  /** Where what comes after this text begins. */
  private static String end(String text) {
    int line = text.lastIndexOf('\n') + 1;
    return "line %d, column %d: "
        .formatted(
            text.chars().filter(letter -> letter == '\n').count() + 1,
            text.codePointCount(line, text.length()) + 1);
  }

  private static String where(Mark mark) {
    return mark == null
        ? ""
        : "line %d, column %d: ".formatted(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private ValuesFile unusable(Path path, String sha256, String trouble) {
    return new ValuesFile(
        path.toString(), revision(path), edited(path, sha256), sha256, trouble, Values.NONE);
  }

  /** Whether it is not what was kept; one that the operator named was never kept. */
  private boolean edited(Path path, String sha256) {
    try {
      return revision(path).isEmpty() || !Files.readString(digest(path)).strip().equals(sha256);
    } catch (IOException e) {
      return true;
    }
  }

  private static Path digest(Path path) {
    return path.resolveSibling(path.getFileName() + DIGEST);
  }

  /**
   * Keeps values, all of them or none.
   *
   * @return false if the file is there already: somebody may have edited it
   */
  boolean saveValues(ValuesRequest request, String values) throws IOException {
    Path path = Path.of(request.file());
    if (!path.getParent().equals(desk.runs()) || !KEPT.matcher(path.getFileName() + "").matches()) {
      throw new IOException("values are kept in " + desk.runs());
    }
    if (Files.exists(path)) {
      return false;
    }
    byte[] content = values.getBytes(StandardCharsets.UTF_8);
    // The digest first: a file without one would be taken for one that somebody edited.
    whole(digest(path), Sha256.of(content).hex().getBytes(StandardCharsets.US_ASCII));
    whole(path, content);
    return true;
  }

  private static void whole(Path path, byte[] content) throws IOException {
    Path half = path.resolveSibling(path.getFileName() + ".half");
    RunFolder.secret(half, content);
    Files.move(half, path, StandardCopyOption.ATOMIC_MOVE);
  }
}
