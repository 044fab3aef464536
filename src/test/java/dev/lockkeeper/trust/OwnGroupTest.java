package dev.lockkeeper.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which groups have only one user in them. */
class OwnGroupTest {
  private static final List<String> USERS =
      List.of(
          "root:x:0:0:root:/root:/bin/sh",
          "eve:x:1001:1001::/home/eve:/bin/sh",
          "ann:x:1002:1002::/home/ann:/bin/sh",
          "bob:x:1003:100::/home/bob:/bin/sh",
          "kim:x:1004:100::/home/kim:/bin/sh");

  private static OwnGroup with(String... groups) {
    return new OwnGroup(USERS, List.of(groups));
  }

  @Test
  void aGroupOfOneUserIsTheirs() {
    assertThat(with("eve:x:1001:").alone(1001, 1001)).isTrue();
    assertThat(with("eve:x:1001:eve").alone(1001, 1001)).isTrue();
  }

  @Test
  void aGroupWithSomebodyElseInItIsNot() {
    assertThat(with("eve:x:1001:ann").alone(1001, 1001)).isFalse();
    assertThat(with("eve:x:1001:eve,ann").alone(1001, 1001)).isFalse();
    assertThat(with("eve:x:1001:").alone(1002, 1001)).as("of another user").isFalse();
    assertThat(with("users:x:100:").alone(1003, 100)).as("of several users").isFalse();
    assertThat(with("eve:x:1001:", "too:x:1001:ann").alone(1001, 1001)).isFalse();
  }

  @Test
  void aGroupOfWhichNothingIsKnownIsNot() {
    assertThat(with().alone(1001, 1001)).isFalse();
    assertThat(with("staff:x:50:").alone(1001, 50)).isFalse();
    assertThat(with("broken", "eve:x:1001").alone(1001, 1001)).isFalse();
    assertThat(new OwnGroup(List.of(), List.of("eve:x:1001:")).alone(1001, 1001)).isFalse();
  }
}
