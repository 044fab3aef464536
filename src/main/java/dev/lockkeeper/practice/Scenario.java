package dev.lockkeeper.practice;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.lockkeeper.practice.coderd.Hold;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Where a practice begins.
 *
 * @param title what it is about, in one line
 * @param target the version to upgrade to
 * @param schema the schema that the database has reached
 * @param hold a transaction that one replica never ends, if any
 * @param database where the Deployment finds the URL of the database
 * @param objects what is in the cluster, besides that Secret; a Namespace comes before what is in
 *     it
 */
public record Scenario(
    @JsonProperty("title") String title,
    @JsonProperty("target") String target,
    @JsonProperty("schema") int schema,
    @JsonProperty("hold") Optional<Hold> hold,
    @JsonProperty("database") DatabaseSecret database,
    @JsonProperty("objects") List<ObjectNode> objects) {

  public Scenario {
    hold = hold == null ? Optional.empty() : hold;
    objects = List.copyOf(objects);
  }

  /**
   * A key of a Secret.
   *
   * @param namespace its namespace
   * @param secret its name
   * @param key the key in it
   */
  public record DatabaseSecret(
      @JsonProperty("namespace") String namespace,
      @JsonProperty("secret") String secret,
      @JsonProperty("key") String key) {}

  /**
   * A bundled scenario.
   *
   * @param name a plain word such as {@code upgrade}
   * @throws IOException when there is none of that name
   */
  public static Scenario named(String name) throws IOException {
    boolean word = name.matches("[a-z][a-z-]*");
    try (InputStream file =
        word ? Scenario.class.getResourceAsStream("scenarios/" + name + ".yaml") : null) {
      if (file == null) {
        throw new IOException("there is no scenario \"" + name + "\"");
      }
      return YAMLMapper.builder()
          .addModule(new Jdk8Module())
          .build()
          .readValue(file, Scenario.class);
    }
  }
}
