package dev.lockkeeper.terminal;

import com.googlecode.lanterna.input.DefaultKeyDecodingProfile;
import com.googlecode.lanterna.input.InputDecoder;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import dev.lockkeeper.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a terminal sends, it comes to its end as keys that the wizard knows or passes over. */
@Timeout(value = 12, unit = TimeUnit.HOURS) // as long as it is asked to
class KeysFuzzTest {
  @Test
  void whateverIsSentComesToItsEnd() {
    List<byte[]> examples =
        Stream.of(
                "jj\r\u001b[A\u001b[1;5C\u001bOP\u001b[15~q",
                "\u001b[200~pasted\rtext\u001b[201~\u0003",
                "h\u00e9\ud83d\ude00\u001b[<0;10;10M\u001b[24;80R")
            .map(each -> each.getBytes(StandardCharsets.UTF_8))
            .toList();
    Fuzz.of("key strokes", examples, KeysFuzzTest::keys);
  }

  private static String keys(byte[] bytes) throws Exception {
    try (TypedInput input = new TypedInput(new ByteArrayInputStream(bytes))) {
      InputDecoder decoder = new InputDecoder(new InputStreamReader(input, StandardCharsets.UTF_8));
      decoder.addProfile(new DefaultKeyDecodingProfile());
      StringBuilder keys = new StringBuilder();
      KeyStroke stroke = decoder.getNextCharacter(true);
      while (stroke != null && stroke.getKeyType() != KeyType.EOF) {
        keys.append(
            Keystrokes.key(stroke).stream().map(Object::toString).collect(Collectors.joining()));
        stroke = decoder.getNextCharacter(true);
      }
      return keys.toString();
    }
  }
}
