package dev.lockkeeper.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A piece of YAML that knows its line. Only Jackson's streaming parser is used: binding to records
 * by reflection takes three times as long on a cold JVM, and forgets where a value stood.
 *
 * @param kind what it is; only the member that belongs to it is filled
 */
record YamlNode(
    String file,
    int line,
    Kind kind,
    String scalar,
    List<YamlNode> items,
    Map<String, YamlNode> entries) {
  /** The three shapes of YAML. */
  enum Kind {
    SCALAR("a single value"),
    LIST("a list"),
    MAP("a map");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /** Reads a file that holds a list of maps. */
  static List<YamlNode> list(String file, String text) {
    return read(file, text).wanted(Kind.LIST).items();
  }

  /** Reads a file that holds a map. */
  static YamlNode map(String file, String text) {
    return read(file, text).wanted(Kind.MAP);
  }

  private static YamlNode read(String file, String text) {
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
      return new YamlNode(file, line, Kind.LIST, "", items, Map.of());
    }
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      return new YamlNode(file, line, Kind.MAP, "", List.of(), entries(file, parser));
    }
    return new YamlNode(file, line, Kind.SCALAR, parser.getText(), List.of(), Map.of());
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

  Malformed malformed(String what) {
    return new Malformed(file + ":" + line + ": " + what);
  }

  /** Refuses every key but these. */
  YamlNode only(Set<String> keys) {
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

  Optional<YamlNode> optional(String key) {
    return Optional.ofNullable(wanted(Kind.MAP).entries().get(key));
  }

  YamlNode at(String key) {
    return optional(key).orElseThrow(() -> malformed("'" + key + "' is missing"));
  }

  String text(String key) {
    return at(key).text();
  }

  String text() {
    return wanted(Kind.SCALAR).scalar();
  }

  long number() {
    if (!text().matches("\\d{1,9}")) {
      throw malformed("'" + scalar + "' is not a whole number");
    }
    return Long.parseLong(scalar);
  }

  boolean flag() {
    if (!Set.of("true", "false").contains(text())) {
      throw malformed("'" + scalar + "' is neither true nor false");
    }
    return scalar.equals("true");
  }

  /** What {@code parse} makes of the value; what it should have been is said when that is empty. */
  <T> T parsed(Function<String, Optional<T>> parse, String wanted) {
    return parse.apply(text()).orElseThrow(() -> malformed("'" + scalar + "' is not " + wanted));
  }

  /** The same for a word of these: whoever mistypes it is told which was probably meant. */
  <T> T parsed(Function<String, Optional<T>> parse, String wanted, Collection<String> known) {
    return parse
        .apply(text())
        .orElseThrow(
            () ->
                malformed(
                    "'" + scalar + "' is not " + wanted + Spelling.suggestion(scalar, known)));
  }

  private YamlNode wanted(Kind kind) {
    if (this.kind != kind) {
      throw malformed(this.kind.words + " is here, where " + kind.words + " should be");
    }
    return this;
  }

  /** The items of a list. */
  List<YamlNode> list(String key) {
    return at(key).wanted(Kind.LIST).items();
  }
}
