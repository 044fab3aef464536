package dev.lockkeeper.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer is edited with the keys of a shell. */
class TypedLineTest {
  private static final Key WORD_LEFT = new Key(Key.Name.LEFT, Key.NONE, true);
  private static final Key WORD_RIGHT = new Key(Key.Name.RIGHT, Key.NONE, true);
  private static final Key WORD_AWAY = new Key(Key.Name.DELETE, Key.NONE, true);

  private static Key key(String name) {
    return switch (name) {
      case "alt-b" -> WORD_LEFT;
      case "alt-f" -> WORD_RIGHT;
      case "alt-d" -> WORD_AWAY;
      default ->
          name.startsWith("ctrl-") ? Key.ctrl(name.charAt(5)) : Key.of(Key.Name.valueOf(name));
    };
  }

  /** A bar stands where the caret is. */
  @ParameterizedTest
  @CsvSource({
    "'snap-0a 1b|', LEFT, 'snap-0a 1|b'",
    "'|snap', LEFT, '|snap'",
    "'sn|ap', RIGHT, 'sna|p'",
    "'snap|', RIGHT, 'snap|'",
    "'sn|ap', HOME, '|snap'",
    "'sn|ap', ctrl-a, '|snap'",
    "'sn|ap', END, 'snap|'",
    "'sn|ap', ctrl-e, 'snap|'",
    "'sn|ap', ctrl-b, 's|nap'",
    "'sn|ap', ctrl-f, 'sna|p'",
    "'sn|ap', BACKSPACE, 's|ap'",
    "'|snap', BACKSPACE, '|snap'",
    "'sn|ap', DELETE, 'sn|p'",
    "'snap|', DELETE, 'snap|'",
    "'sn|ap', ctrl-d, 'sn|p'",
    "'snap-0a 1b|', ctrl-w, 'snap-0a |'",
    "'snap-0a  |', ctrl-w, '|'",
    "'a snap| b', ctrl-w, 'a | b'",
    "'sn|ap', ctrl-u, '|ap'",
    "'sn|ap', ctrl-k, 'sn|'",
    "'snap-0a 1b|', alt-b, 'snap-0a |1b'",
    "'snap-0a |1b', alt-b, 'snap-|0a 1b'",
    "'|snap-0a', alt-f, 'snap|-0a'",
    "'snap|-0a', alt-f, 'snap-0a|'",
    "'snap|-0a 1b', alt-d, 'snap| 1b'",
    "'a😀|', BACKSPACE, 'a|'",
    "'a|😀', RIGHT, 'a😀|'",
    "'a😀|', alt-b, '|a😀'",
    "'sn|ap', UP, 'sn|ap'"
  })
  void isEditedAsInAShell(String before, String key, String after) {
    TypedLine line = new TypedLine(before.replace("|", ""), before.indexOf('|'));
    TypedLine next = line.after(key(key));
    assertThat(next.before() + "|" + next.after()).isEqualTo(after);
  }

  @Test
  void whatIsTypedGoesWhereTheCaretIs() {
    TypedLine line = TypedLine.of("22:0").after(Key.of(Key.Name.LEFT)).after(Key.of('3'));
    assertThat(line).isEqualTo(new TypedLine("22:30", 4));
    assertThat(TypedLine.of("x".repeat(Reply.LONGEST)).after(Key.of('y')).text())
        .doesNotContain("y");
  }

  @Test
  void whateverIsPressedTheCaretStaysInTheLine() {
    Random random = new Random(7);
    TypedLine line = TypedLine.EMPTY;
    for (int i = 0; i < 20_000; i++) {
      Key.Name name = Key.Name.values()[random.nextInt(Key.Name.values().length)];
      char one = "ab \ud83d\ude00-.wukaed".charAt(random.nextInt(13));
      boolean ctrl = random.nextInt(4) == 0;
      line =
          line.after(
              random.nextBoolean() || name == Key.Name.CHARACTER
                  ? new Key(Key.Name.CHARACTER, one, ctrl)
                  : new Key(name, Key.NONE, ctrl));
      assertThat(line.caret()).isBetween(0, line.text().length());
    }
  }
}
