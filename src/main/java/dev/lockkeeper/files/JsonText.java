package dev.lockkeeper.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Values as JSON text, in which every character that could act on a terminal is escaped. */
public final class JsonText {
  private JsonText() {}

  /**
   * Indented JSON without a line break at its end.
   *
   * @param value maps, lists, texts, numbers, truth values and nulls
   * @throws IllegalArgumentException for anything else
   */
  public static String of(Map<String, Object> value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = factory().createGenerator(text)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      write(value, json);
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can be written", e);
    }
    return text.toString();
  }

  private static JsonFactory factory() {
    return new JsonFactory().setCharacterEscapes(new InertEscapes());
  }

  private static void write(Object value, JsonGenerator json) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName((String) entry.getKey());
        write(entry.getValue(), json);
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object item : list) {
        write(item, json);
      }
      json.writeEndArray();
    } else if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Integer || value instanceof Long) {
      json.writeNumber(((Number) value).longValue());
    } else {
      throw new IllegalArgumentException("no JSON is made of a " + value.getClass().getName());
    }
  }
}
