package dev.lockkeeper.files;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.VersionRange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads a YAML list of records, and says at which line it goes wrong. */
final class YamlList {
  private final YAMLMapper mapper =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .addModule(new Jdk8Module())
          .addModule(versions())
          .build();

  <T> List<T> read(String file, String text, Class<T> kind) {
    try {
      return mapper.readerForListOf(kind).readValue(text);
    } catch (JsonProcessingException e) {
      throw new Malformed(file + ":" + line(e) + ": " + what(e));
    }
  }

  private static int line(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return location == null ? 1 : Math.max(1, location.getLineNr());
  }

  private static String what(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "'"
          + unknown.getPropertyName()
          + "' is not known here; known are "
          + unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
    }
    return e.getOriginalMessage().lines().findFirst().orElse("it cannot be read");
  }

  private static SimpleModule versions() {
    return new SimpleModule()
        .addDeserializer(
            CoderVersion.class, parsed(CoderVersion::parse, "a version such as v2.29.3"))
        .addDeserializer(
            VersionRange.class,
            parsed(VersionRange::parse, "a range such as v2.27.0..v2.27.7 or <v2.30.0"));
  }

  private static <T> JsonDeserializer<T> parsed(
      Function<String, Optional<T>> parse, String wanted) {
    return new JsonDeserializer<>() {
      @Override
      public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String text = parser.getText();
        Optional<T> value = parse.apply(text);
        if (value.isEmpty()) {
          context.reportInputMismatch(this, "'%s' is not %s", text, wanted);
        }
        return value.orElseThrow();
      }
    };
  }
}
