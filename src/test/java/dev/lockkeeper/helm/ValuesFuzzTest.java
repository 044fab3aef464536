package dev.lockkeeper.helm;

import dev.lockkeeper.Fuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The operator's values, whatever is in them: usable, or told without a word of what they hold. */
@Timeout(value = 12, unit = TimeUnit.HOURS) // as long as it is asked to
class ValuesFuzzTest {
  @TempDir Path folder;

  @Test
  void valuesAreUsableOrToldAsNot() {
    String example =
        "coder:\n  env:\n    - name: PASSWORD\n      value: \"%s\"\n  image: {tag: v2.29.3}\n  x: &a [1, 2.5, true]\n  y: *a\n"
            .formatted(Fuzz.SECRET);
    Path file = folder.resolve("values.yaml");
    Fuzz.of(
        "values",
        List.of(example.getBytes(StandardCharsets.UTF_8)),
        bytes -> ValuesFiles.trouble(Files.write(file, bytes)).orElse(""));
  }
}
