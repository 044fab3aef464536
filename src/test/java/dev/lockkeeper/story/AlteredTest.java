package dev.lockkeeper.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AlteredTest {
  public record House(String name, Door front, Door back, Roof roof) {}

  public record Door(String name, boolean open) {}

  public record Roof(int tiles, Chimney chimney) {}

  public record Chimney(int height) {}

  private static final House HOUSE =
      new House("home", new Door("f", false), new Door("b", false), new Roof(90, new Chimney(2)));

  @Test
  void theRecordsOwnComponentComesFirst() {
    assertThat(Altered.of(HOUSE, "name", "x").name()).isEqualTo("x");
    assertThat(Altered.of(HOUSE, "name", "x").front()).isEqualTo(HOUSE.front());
  }

  @Test
  void aComponentIsFoundAtAnyDepthAndAllElseStays() {
    House taller = Altered.of(HOUSE, "height", 3);
    assertThat(taller.roof()).isEqualTo(new Roof(90, new Chimney(3)));
    assertThat(Altered.of(taller, "height", 2)).isEqualTo(HOUSE);
  }

  @Test
  void oneOfTwoHasToBeNamed() {
    assertThatThrownBy(() -> Altered.of(HOUSE, "open", true))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("front.open, back.open");
    House open = Altered.of(HOUSE, "back.open", true);
    assertThat(open.front().open()).isFalse();
    assertThat(open.back().open()).isTrue();
  }

  @Test
  void whatIsNotThereIsNotChanged() {
    assertThatThrownBy(() -> Altered.of(HOUSE, "cellar", 1)).isInstanceOf(AssertionError.class);
  }
}
