package dev.lockkeeper.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One word for one thing, as docs/WORDS.md has it, and none of the riddles of before. */
class WordsTest {
  private static final Path WORDS = Path.of("docs/WORDS.md");
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path RESOURCES = Path.of("src/main/resources/dev/lockkeeper");

  /** What Kubernetes, PostgreSQL, Helm and coderd say themselves is left as they say it. */
  private static final Pattern IMITATED =
      Pattern.compile(".*/practice/(apiserver|cluster|coderd|charts|server)/.*");

  /** A comment, a character, or a text. */
  private static final Pattern TEXT =
      Pattern.compile("//.*|(?s:/\\*.*?\\*/)|'(?:\\\\.|[^'\\\\])+'|\"((?:\\\\.|[^\"\\\\\n])*)\"");

  private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");

  /** What runbooks and scenarios name, and their comments. */
  private static final Pattern NAMES = Pattern.compile("#.*|\\{[^}\"]*\\}|(?:word|value): [\\w-]+");

  /** Phrases that were understood by nobody but their author. */
  private static final List<String> RIDDLES =
      List.of(
          "under way",
          "cannot be told",
          "stand-by",
          "of before",
          "those of now",
          "of then",
          "the door",
          "door is",
          "by and by",
          "does not hold:",
          "must hold",
          "is anybody's",
          "nobody's",
          "before the new schema",
          "before the schema",
          "before the newer schema",
          "passed over",
          "gets on",
          "came to grief",
          "comes to nothing",
          "scales it back",
          "scale it back",
          "let it go on",
          "takes it up again",
          "on the strength of",
          "on the word of",
          "Read again",
          "check fails: ",
          "check unknown: ",
          "asked, not observed",
          "enter stopped",
          "faster than life");

  @Test
  void noRiddleIsLeft() {
    Map<String, String> texts = texts();
    assertThat(texts).hasSizeGreaterThan(300);
    assertThat(found(texts, RIDDLES)).isEmpty();
  }

  @Test
  void whatTheWordsReplaceIsNotUsed() {
    List<String> replaced = rows().flatMap(row -> Stream.of(row.get(3).split(", "))).toList();
    assertThat(replaced).contains("door", "cure", "stand-by");
    Map<String, String> screens = new TreeMap<>(texts());
    screens.keySet().removeIf(file -> file.startsWith("docs"));
    assertThat(found(screens, replaced.stream().filter(word -> !word.isBlank()).toList()))
        .isEmpty();
  }

  @Test
  void eachWordIsInUse() {
    String all = String.join("\n", texts().values());
    List<String> words = rows().flatMap(row -> Stream.of(row.get(0).split(", "))).toList();
    assertThat(words).hasSizeGreaterThan(40);
    assertThat(words).allSatisfy(word -> assertThat(all).containsPattern(whole(word)));
  }

  /** A clock without a zone is of use only where its zone stands beside it. */
  @Test
  void aPrintedTimeHasItsZone() {
    List<String> clocks = new ArrayList<>();
    files(SOURCES, ".java")
        .filter(file -> !IMITATED.matcher(file.toString()).matches())
        .forEach(
            file ->
                TEXT.matcher(read(file))
                    .results()
                    .map(found -> found.group(1))
                    .filter(text -> text != null && text.matches("(yyyy-MM-dd.*)?HH:mm.*"))
                    .filter(text -> !text.matches(".*(x|X|'Z'|Z)"))
                    .forEach(text -> clocks.add(file.getFileName() + " " + text)));
    assertThat(clocks)
        .as("its callers add the zone; the first one is not printed but offered to be typed")
        .containsOnly(
            "AnswerFormat.java yyyy-MM-dd HH:mm",
            "GivenAnswers.java HH:mm",
            "GivenAnswers.java yyyy-MM-dd HH:mm");
  }

  private static List<String> found(Map<String, String> texts, List<String> words) {
    return texts.entrySet().stream()
        .flatMap(
            text ->
                words.stream()
                    .filter(word -> whole(word).matcher(text.getValue()).find())
                    .map(word -> text.getKey() + ": " + word))
        .toList();
  }

  private static Pattern whole(String word) {
    return Pattern.compile("(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])");
  }

  /** The rows of the tables: a word, what it means, where it is seen, what is not used for it. */
  private static Stream<List<String>> rows() {
    return read(WORDS)
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| word |"))
        .map(line -> Stream.of(line.split("\\|")).skip(1).map(String::strip).toList());
  }

  /** What is read by people, by file: the texts of the program, runbooks, scenarios, pages. */
  private static Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    files(SOURCES, ".java")
        .filter(file -> !IMITATED.matcher(file.toString()).matches())
        .forEach(file -> texts.put(file.toString(), literals(read(file))));
    Stream.of("runbooks", "knowledge", "practice/scenarios")
        .flatMap(folder -> files(RESOURCES.resolve(folder), ".yaml"))
        .forEach(
            file -> texts.put(file.toString(), flowing(NAMES.matcher(read(file)).replaceAll(""))));
    files(Path.of("docs"), ".md")
        .filter(file -> !file.endsWith("CHANGELOG.md") && !file.equals(WORDS))
        .filter(file -> !file.toString().contains("decisions"))
        .forEach(file -> texts.put(file.toString(), flowing(read(file))));
    texts.put("README.md", flowing(read(Path.of("README.md"))));
    return texts;
  }

  private static String literals(String source) {
    return TEXT.matcher(JOINED.matcher(source).replaceAll(""))
        .results()
        .map(WordsTest::text)
        .collect(Collectors.joining("\n"));
  }

  /** A word alone is a name of an interface, which stays what it was. */
  private static String text(MatchResult found) {
    return found.group(1) == null || !found.group(1).contains(" ") ? "" : found.group(1);
  }

  private static String flowing(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static Stream<Path> files(Path folder, String ending) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
