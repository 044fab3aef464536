package dev.lockkeeper.practice;

import dev.lockkeeper.worlds.WorldOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The command line of the world's process.
 *
 * @param directory where everything of this world lives
 * @param options how it is to be
 */
record WorldArguments(Path directory, WorldOptions options) {

  /** Reads the words; the message of an exception is for the operator. */
  static WorldArguments parse(List<String> words) {
    Optional<Path> directory = Optional.empty();
    WorldOptions options = WorldOptions.defaults();
    Iterator<String> rest = words.iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      switch (word) {
        case "--directory" -> directory = Optional.of(Path.of(value(word, rest)).toAbsolutePath());
        case "--scenario" -> options = options.withScenario(value(word, rest));
        case "--pace" -> options = options.withPace(Double.parseDouble(value(word, rest)));
        case "--grace" ->
            options = options.withGrace(Duration.ofSeconds(Long.parseLong(value(word, rest))));
        default -> throw new IllegalArgumentException("unknown option " + word);
      }
    }
    WorldOptions read = options;
    return directory
        .map(path -> new WorldArguments(path, read))
        .orElseThrow(() -> new IllegalArgumentException("--directory is missing"));
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.next();
  }
}
