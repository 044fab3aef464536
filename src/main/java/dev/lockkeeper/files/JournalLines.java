package dev.lockkeeper.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.journal.Chain;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Head;
import dev.lockkeeper.journal.JournalLine;
import dev.lockkeeper.trust.OrdinaryFile;
import dev.lockkeeper.trust.Trusted;
import dev.lockkeeper.trust.Unreadable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How the lines of a journal are spelt; docs/JOURNAL.md describes it. */
public final class JournalLines {
  /** A journal is read with pagers as well. */
  private static final ObjectMapper JSON =
      new ObjectMapper(new JsonFactory().setCharacterEscapes(new InertEscapes()));

  /** What this program writes; it reads 0, which had no chain, as well. */
  private static final int VERSION = 1;

  /** A run of a week at a line a second is smaller. */
  private static final int LARGEST = 64 << 20;

  /** A line that is longer is none of ours. */
  private static final int LONGEST = 1 << 20;

  private JournalLines() {}

  /**
   * Reads a journal of the run that it says to be of, intact or not.
   *
   * @throws IOException if the file cannot be read
   */
  public static Chain read(Path path) throws IOException {
    List<JournalLine> lines = lines(bytes(path));
    return new Chain(
        lines.stream().findFirst().flatMap(JournalLine::run).orElseGet(() -> Runs.name(path)),
        lines);
  }

  /**
   * Reads the journal of the run in whose folder it lies, intact or not.
   *
   * @throws IOException if the file cannot be read, or somebody else could have written it
   */
  public static Chain ofRun(Path path) throws IOException {
    Trusted.ours(path);
    return new Chain(Runs.name(path), lines(bytes(path)));
  }

  /** All of it, as long as a journal can be that large. */
  static byte[] bytes(Path path) throws IOException {
    try {
      byte[] bytes = OrdinaryFile.bytes(path, LARGEST);
      refuseLongLines(path, bytes);
      return bytes;
    } catch (Unreadable e) {
      throw new IOException("%s: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static void refuseLongLines(Path path, byte[] bytes) throws IOException {
    int number = 1;
    for (int from = 0; from < bytes.length; number++) {
      int end = end(bytes, from);
      if (end - from > LONGEST) {
        throw new IOException(
            "%s:%d: this line is longer than %d bytes, which no entry of a journal is: is it a journal?"
                .formatted(path, number, LONGEST));
      }
      from = end + 1;
    }
  }

  /** Lines end with a line feed; only the last one may lack it. */
  static List<JournalLine> lines(byte[] bytes) {
    List<JournalLine> lines = new ArrayList<>();
    for (int from = 0; from < bytes.length; ) {
      int end = end(bytes, from);
      lines.add(line(Arrays.copyOfRange(bytes, from, end), end < bytes.length));
      from = end + 1;
    }
    return lines;
  }

  /** Where the last line begins. */
  static int lastLine(byte[] bytes) {
    int at = bytes.length - 1;
    while (at > 0 && bytes[at - 1] != '\n') {
      at--;
    }
    return Math.max(0, at);
  }

  /** An entry as the line that follows this head. */
  static String text(Entry entry, Head head, String run) {
    ObjectNode node = JSON.createObjectNode();
    node.put("v", VERSION);
    if (head.lines() == 0) {
      node.put("run", run);
    }
    node.put("prev", head.hash());
    node.put("at", entry.at().toString());
    node.put("kind", entry.kind().name());
    node.put("step", entry.step());
    node.set("data", JSON.valueToTree(new TreeMap<>(entry.data())));
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts can be written as JSON", e);
    }
  }

  private static int end(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private static JournalLine line(byte[] bytes, boolean ended) {
    String hash = Head.hash(bytes);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      JsonNode node = JSON.readTree(text);
      return new JournalLine(
          hash, text(node, "run"), text(node, "prev"), Optional.of(entry(node)), false, ended);
    } catch (CharacterCodingException
        | JsonProcessingException
        | IllegalArgumentException
        | DateTimeException e) {
      return new JournalLine(
          hash, Optional.empty(), Optional.empty(), Optional.empty(), cut(bytes), ended);
    }
  }

  /** A line that was begun and never finished. */
  private static boolean cut(byte[] line) {
    return line.length == 0 || line[0] == '{' && line[line.length - 1] != '}';
  }

  private static Optional<String> text(JsonNode node, String key) {
    return Optional.of(node.path(key)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  private static Entry entry(JsonNode node) {
    if (node.path("v").asInt() > VERSION) {
      throw new IllegalArgumentException("written by a newer program");
    }
    Map<String, String> data = new TreeMap<>();
    node.path("data")
        .properties()
        .forEach(field -> data.put(field.getKey(), field.getValue().asText()));
    return new Entry(
        Instant.parse(node.path("at").asText()),
        Entry.Kind.valueOf(node.path("kind").asText()),
        node.path("step").asText(),
        data);
  }
}
