package dev.lockkeeper.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockkeeper.snapshot.HostLookup;
import dev.lockkeeper.snapshot.HostLookup.Answer;
import dev.lockkeeper.snapshot.Observed;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What name servers say is taken as it is said, whoever they are: from a server over UDP. */
class NameServersTest {
  private static final String HOST = "coder.example.com";

  private SmallNameServer server;

  @BeforeEach
  void begin() throws IOException {
    server = new SmallNameServer();
  }

  @AfterEach
  void end() {
    server.close();
  }

  private Answer ask() {
    return new NameServers(server.url()).ask(HOST);
  }

  @Test
  void addressesOfBothFamiliesAreTold() throws IOException {
    server.address(HOST, "203.0.113.7").address(HOST, "203.0.113.8").address(HOST, "2001:db8::7");

    assertThat(ask().trouble()).isEmpty();
    assertThat(ask().addresses())
        .containsExactlyInAnyOrder("203.0.113.7", "203.0.113.8", "2001:db8:0:0:0:0:0:7");
    assertThat(ask().aliases()).isEmpty();
  }

  @Test
  void whoWasAskedIsTold() {
    assertThat(ask().by()).isEqualTo("DNS at " + server.url().replace("dns://", ""));
  }

  @Test
  void eachAliasOnTheWayIsNamed() throws IOException {
    server
        .alias(HOST, "lb.example.net")
        .alias("lb.example.net", "Node-1.Example.ORG")
        .address("node-1.example.org", "198.51.100.3");

    assertThat(ask().aliases()).containsExactly("lb.example.net", "node-1.example.org");
    assertThat(ask().addresses()).containsExactly("198.51.100.3");
  }

  @Test
  void aNameThatThereIsNotIsAbsentAndNotUnknown() {
    assertThat(ask().known()).isTrue();
    assertThat(ask().addresses()).isEmpty();
  }

  @Test
  void anAliasThatLeadsNowhereIsNamedAndHasNoAddress() {
    server.alias(HOST, "gone.example.net");

    assertThat(ask().known()).isTrue();
    assertThat(ask().aliases()).containsExactly("gone.example.net");
    assertThat(ask().addresses()).isEmpty();
  }

  @Test
  void whoDoesNotAnswerIsNotTakenForWhoSaysNo() {
    server.isSilent();

    assertThat(ask().trouble()).isEqualTo("no answer");
    assertThat(server.asked()).as("asked again, and then no more").hasSizeBetween(2, 8);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5})
  void whoRefusesIsNotTakenForWhoSaysNo(int code) {
    server.answers(code);

    assertThat(ask().known()).isFalse();
    assertThat(ask().addresses()).isEmpty();
  }

  @Test
  void aliasesInACircleComeToAnEnd() {
    server.alias(HOST, "a.example.net").alias("a.example.net", HOST);

    assertThat(ask().trouble()).contains("no end", HOST + " → a.example.net");
    assertThat(server.asked()).hasSizeLessThan(10);
  }

  @Test
  void aChainOfAliasesThatOnlyKeepsUsBusyIsNotFollowedToItsEnd() {
    server.alias(HOST, "n0.example.net");
    for (int i = 0; i < 100; i++) {
      server.alias("n" + i + ".example.net", "n" + (i + 1) + ".example.net");
    }

    assertThat(ask().trouble()).contains("no end");
    assertThat(server.asked()).hasSizeLessThan(12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001b[2J", "a\nb", "a b", "../x", "\u0000", "\u009b31m", "\u00e4"})
  void anAliasWithOtherSignsThanAHostsIsNoName(String label) {
    server.alias(HOST, label + ".example.net");

    assertThat(ask().known()).isFalse();
    assertThat(ask().aliases()).isEmpty();
    assertThat(ask().trouble()).matches("[\\x20-\\x7e]*");
  }

  /**
   * A label that is longer than the answer, a pointer to itself, and data of no address's length.
   */
  @Test
  void anAnswerThatCannotBeUnderstoodIsUnknown() {
    server.has(HOST, SmallNameServer.CNAME, new byte[] {63, 'a'});
    assertThat(ask().known()).isFalse();
    server.close();
  }

  @Test
  void aNameThatPointsAtItselfIsUnknown() {
    // The record's own data begins behind the question and its twelve bytes.
    int at = 12 + SmallNameServer.encoded(HOST).length + 4 + 12;
    server.has(HOST, SmallNameServer.CNAME, new byte[] {(byte) 0xC0, (byte) at});

    assertThat(ask().known()).isFalse();
  }

  @Test
  void moreAddressesThanAnybodyHasAreCutShort() throws IOException {
    for (int i = 1; i < 25; i++) {
      server.address(HOST, "203.0.113." + i);
    }
    assertThat(ask().addresses()).hasSizeLessThanOrEqualTo(16);
  }

  @Test
  void aHostIsLookedUpAgainAndAnotherOneAtOnce() throws IOException {
    server.address(HOST, "203.0.113.7").address("other.example.com", "203.0.113.9");
    List<Observed<HostLookup>> seen = new CopyOnWriteArrayList<>();
    try (HostSource source = new HostSource(server.url(), Duration.ofMillis(100), seen::add)) {
      source.follow(HOST);
      await().until(() -> seen.size() > 1);
      assertThat(seen.get(0).value().orElseThrow().dns().addresses())
          .containsExactly("203.0.113.7");
      source.follow("other.example.com");
      await()
          .until(
              () ->
                  seen.stream()
                      .anyMatch(
                          each ->
                              each.value()
                                  .orElseThrow()
                                  .dns()
                                  .addresses()
                                  .contains("203.0.113.9")));
    }
  }

  @Test
  void anAddressIsAskedOfNobody() {
    List<Observed<HostLookup>> seen = new CopyOnWriteArrayList<>();
    try (HostSource source = new HostSource(server.url(), Duration.ofHours(1), seen::add)) {
      source.follow("203.0.113.7");
      await().until(() -> !seen.isEmpty());
    }
    assertThat(seen.get(0).value()).contains(HostLookup.address("203.0.113.7"));
    assertThat(server.asked()).isEmpty();
  }

  /** Which file and which domains this machine reads, no name server knows. */
  @Test
  void thisMachinesOwnResolverKnowsItsOwnName() throws InterruptedException {
    try (MachineResolver machine = new MachineResolver()) {
      assertThat(machine.ask("localhost").addresses()).contains("127.0.0.1");
      assertThat(machine.ask("nobody.invalid").addresses()).isEmpty();
    }
  }
}
