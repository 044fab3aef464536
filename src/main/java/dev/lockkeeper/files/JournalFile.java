package dev.lockkeeper.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.journal.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The journal of one run on disk: one JSON object a line, only ever appended to, each line forced
 * to disk before {@link #append} returns. One process at a time may hold it.
 */
public final class JournalFile implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path path;
  private final FileChannel channel;

  private JournalFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Opens a journal for appending, and makes it when there is none.
   *
   * @param path its file, in a folder that exists
   * @throws IOException if it cannot be written, or another process holds it; the message says
   *     which
   */
  public static JournalFile open(Path path) throws IOException {
    boolean fresh = Files.notExists(path);
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      hold(path, channel);
      if (fresh) {
        Private.file(path);
        force(path.toAbsolutePath().getParent());
      }
      endLastLine(channel);
      return new JournalFile(path, channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Reads a journal. A last line that was cut off, as a crash leaves it, is passed over: what it
   * meant to say never happened.
   *
   * @throws Malformed if another line cannot be understood
   */
  public static List<Entry> read(Path path) throws IOException {
    List<String> lines = Files.readAllLines(path, StandardCharsets.UTF_8);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      try {
        entries.add(entry(lines.get(i)));
      } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
        if (i < lines.size() - 1 && !lines.get(i).isBlank() && !torn(lines.get(i))) {
          throw new Malformed("%s:%d: this is no line of a journal".formatted(path, i + 1));
        }
      }
    }
    return entries;
  }

  public Path path() {
    return path;
  }

  /**
   * Appends an entry and forces it to disk.
   *
   * @throws IOException if it is not certainly on disk
   */
  public synchronized void append(Entry entry) throws IOException {
    ByteBuffer line = ByteBuffer.wrap((line(entry) + "\n").getBytes(StandardCharsets.UTF_8));
    long before = channel.size();
    try {
      channel.position(before);
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException e) {
      // Half a line, as a full disk leaves it, must not be what the next entry is glued to.
      channel.truncate(before);
      throw e;
    }
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static void hold(Path path, FileChannel channel) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new IOException("another lockkeeper holds the journal " + path);
    }
  }

  /** A crash can leave half a line; the next entry must not be glued to it. */
  private static void endLastLine(FileChannel channel) throws IOException {
    long size = channel.size();
    ByteBuffer last = ByteBuffer.allocate(1);
    if (size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n') {
      channel.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
      channel.force(true);
    }
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  /** A line that was begun and never finished: it was cut off, and a later run went on below it. */
  private static boolean torn(String line) {
    return line.startsWith("{") && !line.endsWith("}");
  }

  private static String line(Entry entry) throws JsonProcessingException {
    ObjectNode node = JSON.createObjectNode();
    node.put("at", entry.at().toString());
    node.put("kind", entry.kind().name());
    node.put("step", entry.step());
    node.set("data", JSON.valueToTree(new TreeMap<>(entry.data())));
    return JSON.writeValueAsString(node);
  }

  private static Entry entry(String line) throws JsonProcessingException {
    JsonNode node = JSON.readTree(line);
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
