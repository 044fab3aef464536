package dev.lockkeeper.parsing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A piece of YAML that knows its line. Only Jackson's streaming parser is used: binding to records
 * by reflection takes three times as long on a cold JVM, and forgets where a value stood.
 *
 * @param file the file's name, for messages
 * @param line where it begins, from 1
 * @param kind what it is; only the members that belong to it are filled
 * @param scalar a single value as it is written
 * @param value the same as YAML takes it: a text, a number, or true or false
 * @param items what is in a list
 * @param entries what is in a map, in the order of the file
 */
public record YamlNode(
    String file,
    int line,
    Kind kind,
    String scalar,
    Object value,
    List<YamlNode> items,
    Map<String, YamlNode> entries) {
  public YamlNode {
    items = List.copyOf(items);
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** The three shapes of YAML. */
  public enum Kind {
    SCALAR("a single value"),
    LIST("a list"),
    MAP("a map");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /**
   * Reads a file that holds a list of maps.
   *
   * @throws Malformed if it cannot be understood
   */
  public static List<YamlNode> list(String file, String text) {
    return read(file, text).list();
  }

  /**
   * Reads a file that holds a map.
   *
   * @throws Malformed if it cannot be understood
   */
  public static YamlNode map(String file, String text) {
    return read(file, text).wanted(Kind.MAP);
  }

  /**
   * Reads a file that holds anything.
   *
   * @throws Malformed if it cannot be understood
   */
  public static YamlNode read(String file, String text) {
    try (JsonParser parser = new YAMLFactory().createParser(text)) {
      if (parser.nextToken() == null) {
        throw new Malformed(file + ":1: it is empty");
      }
      return read(file, parser);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      throw new Malformed(file + ":" + line + ": " + wrong(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong, without the parser's drawings of the place, which are indented. */
  private static String wrong(JsonProcessingException e) {
    return e.getOriginalMessage()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith(" "))
        .collect(Collectors.joining(": "));
  }

  private static YamlNode read(String file, JsonParser parser) throws IOException {
    int line = parser.currentTokenLocation().getLineNr();
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      List<YamlNode> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(read(file, parser));
      }
      return new YamlNode(file, line, Kind.LIST, "", "", items, Map.of());
    }
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      return new YamlNode(file, line, Kind.MAP, "", "", List.of(), entries(file, parser));
    }
    String text = parser.getText();
    return new YamlNode(file, line, Kind.SCALAR, text, value(parser), List.of(), Map.of());
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      default -> parser.getText();
    };
  }

  private static Map<String, YamlNode> entries(String file, JsonParser parser) throws IOException {
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int line = parser.currentTokenLocation().getLineNr();
      parser.nextToken();
      if (entries.put(key, read(file, parser)) != null) {
        throw new Malformed(file + ":" + line + ": '" + key + "' is here twice");
      }
    }
    return entries;
  }

  /** What is wrong here, to be thrown. */
  public Malformed malformed(String what) {
    return new Malformed(file + ":" + line + ": " + what);
  }

  /** Refuses every key but these. */
  public YamlNode only(Set<String> keys) {
    for (Map.Entry<String, YamlNode> entry : wanted(Kind.MAP).entries().entrySet()) {
      if (!keys.contains(entry.getKey())) {
        throw entry
            .getValue()
            .malformed(
                "'"
                    + entry.getKey()
                    + "' is not known here"
                    + Spelling.suggestion(entry.getKey(), keys));
      }
    }
    return this;
  }

  /** What stands under this key, if it is there. */
  public Optional<YamlNode> optional(String key) {
    return Optional.ofNullable(wanted(Kind.MAP).entries().get(key));
  }

  /** What stands under this key, which has to be there. */
  public YamlNode at(String key) {
    return optional(key).orElseThrow(() -> malformed("'" + key + "' is missing"));
  }

  /** The single value under this key, which has to be there. */
  public String text(String key) {
    return at(key).text();
  }

  /** The single value, as it is written. */
  public String text() {
    return wanted(Kind.SCALAR).scalar();
  }

  /** A whole number that is not negative. */
  public long number() {
    if (!text().matches("\\d{1,9}")) {
      throw malformed("'" + scalar + "' is not a whole number");
    }
    return Long.parseLong(scalar);
  }

  /** A number that is not negative, such as 2 or 0.5. */
  public double decimal() {
    if (!text().matches("\\d{1,9}(\\.\\d{1,3})?")) {
      throw malformed("'" + scalar + "' is not a number such as 2 or 0.5");
    }
    return Double.parseDouble(scalar);
  }

  /** True or false. */
  public boolean flag() {
    if (!Set.of("true", "false").contains(text())) {
      throw malformed("'" + scalar + "' is neither true nor false");
    }
    return scalar.equals("true");
  }

  /** What {@code parse} makes of the value; what it should have been is said when that is empty. */
  public <T> T parsed(Function<String, Optional<T>> parse, String wanted) {
    return parse.apply(text()).orElseThrow(() -> malformed("'" + scalar + "' is not " + wanted));
  }

  /** The same for a word of these: whoever mistypes it is told which was probably meant. */
  public <T> T parsed(
      Function<String, Optional<T>> parse, String wanted, Collection<String> known) {
    return parse
        .apply(text())
        .orElseThrow(
            () ->
                malformed(
                    "'" + scalar + "' is not " + wanted + Spelling.suggestion(scalar, known)));
  }

  /** One of these constants, by its name in small letters, with hyphens. */
  public <E extends Enum<E>> E word(E[] known) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E each : known) {
      words.put(each.name().toLowerCase(Locale.ROOT).replace('_', '-'), each);
    }
    return word(words);
  }

  /** What one of these words stands for. */
  public <T> T word(Map<String, T> known) {
    return parsed(
        text -> Optional.ofNullable(known.get(text)), "a word that is known here", known.keySet());
  }

  /** The only entry of a map, where there has to be one. */
  public Map.Entry<String, YamlNode> single() {
    if (entries.size() != 1) {
      throw malformed("exactly one 'word: value' should be here");
    }
    return entries.entrySet().iterator().next();
  }

  /** The items of a list. */
  public List<YamlNode> list(String key) {
    return at(key).list();
  }

  /** The texts of the list under this key, which has to be there. */
  public List<String> texts(String key) {
    return list(key).stream().map(YamlNode::text).toList();
  }

  /** The items of the list under this key; none where it is left out. */
  public Stream<YamlNode> items(String key) {
    return optional(key).stream().flatMap(present -> present.list().stream());
  }

  /** Itself, where a map has to be. */
  public YamlNode map() {
    return wanted(Kind.MAP);
  }

  /** What is in it, where a list has to be. */
  public List<YamlNode> list() {
    return wanted(Kind.LIST).items();
  }

  /** What the entries of the map under this key mean; none where it is left out. */
  public <T> Map<String, T> map(String key, Function<YamlNode, T> meaning) {
    Map<String, T> map = new LinkedHashMap<>();
    optional(key).ifPresent(at -> at.map().entries.forEach((k, v) -> map.put(k, meaning.apply(v))));
    return map;
  }

  /** What is here as plain maps, lists and values. */
  public Object tree() {
    return switch (kind) {
      case SCALAR -> value;
      case LIST -> items.stream().map(YamlNode::tree).toList();
      case MAP -> {
        Map<String, Object> tree = new LinkedHashMap<>();
        entries.forEach((key, node) -> tree.put(key, node.tree()));
        yield tree;
      }
    };
  }

  private YamlNode wanted(Kind kind) {
    if (this.kind != kind) {
      throw malformed(this.kind.words + " is here, where " + kind.words + " should be");
    }
    return this;
  }
}
