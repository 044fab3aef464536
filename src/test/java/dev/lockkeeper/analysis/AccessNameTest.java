package dev.lockkeeper.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.snapshot.HostLookup;
import dev.lockkeeper.snapshot.HostLookup.Answer;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.ServiceAddress;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.CoderV1Scene;
import dev.lockkeeper.story.Scenery;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where the name leads by which people reach Coder, before and after its Services are made anew.
 */
class AccessNameTest {
  private static final String HOST = "coder.example.com";
  private static final String OLD = "203.0.113.7";
  private static final String NEW = "203.0.113.9";

  /** Installed again: the Service has another address than before. */
  private static Scenery again() {
    return with("LoadBalancer", NEW)
        .recalls(RunFacts.HELM_ADDRESSES, "web-ingress LoadBalancer " + OLD)
        .said(RunFacts.ACCESS_HOST, HOST);
  }

  private static Scenery with(String type, String address) {
    return CoderV1Scene.installed()
        .cluster(
            "services",
            Observed.known(
                List.of(new ServiceAddress("web-ingress", type, address, false)), Scenery.NOW));
  }

  private static Answer dns(List<String> aliases, String... addresses) {
    return new Answer("DNS at 10.0.0.2", aliases, List.of(addresses), "");
  }

  private static Answer machine(String... addresses) {
    return new Answer("this machine", List.of(), List.of(addresses), "");
  }

  private static String told(Scenery scenery, Answer dns, Answer machine) {
    return told(
        scenery.seen().withHost(Observed.known(new HostLookup(HOST, dns, machine), Scenery.NOW)));
  }

  private static String told(Snapshot snapshot) {
    return String.join("\n", AccessName.lines(snapshot));
  }

  @Test
  void aNameThatLeadsToTheAddressOfBeforeIsToldWithWhatToChange() {
    assertThat(told(again(), dns(List.of(), OLD), machine(OLD)))
        .contains(
            "coder.example.com: by DNS at 10.0.0.2 203.0.113.7",
            "still leads to the old public address",
            "change the record of coder.example.com to 203.0.113.9");
  }

  @Test
  void theRecordToChangeIsThatOfTheLastAlias() {
    assertThat(told(again(), dns(List.of("lb.example.net"), OLD), machine(OLD)))
        .contains(
            "CNAME lb.example.net → 203.0.113.7",
            "change the record of lb.example.net to 203.0.113.9");
  }

  @Test
  void aNameThatLeadsToTheAddressOfNowIsLeftAlone() {
    assertThat(told(again(), dns(List.of(), NEW), machine(NEW)))
        .contains("it leads to the public address that Coder has now")
        .doesNotContain("change the record");
  }

  @Test
  void aLoadBalancerWithANameIsKnownByTheAlias() {
    Scenery named = with("LoadBalancer", "A1B2.elb.example.net.").said(RunFacts.ACCESS_HOST, HOST);
    assertThat(told(named, dns(List.of("a1b2.elb.example.net"), "198.51.100.3"), machine()))
        .contains("it leads to the public address that Coder has now");
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8::7, 2001:db8:0:0:0:0:0:7, true",
    "2001:DB8::0007, 2001:db8:0:0:0:0:0:7, true",
    "::1, 0:0:0:0:0:0:0:1, true",
    "2001:db8::7, 2001:db8:0:0:0:0:0:8, false",
    "::ffff:1.2.3.4, 1.2.3.4, false"
  })
  void anAddressIsTheSameHoweverItIsWritten(String service, String answer, boolean same) {
    Scenery scenery = with("LoadBalancer", service).said(RunFacts.ACCESS_HOST, HOST);
    assertThat(told(scenery, dns(List.of(), answer), machine()).contains("that Coder has now"))
        .isEqualTo(same);
  }

  @Test
  void aNameThatLeadsElsewhereMayBeThatOfAProxy() {
    assertThat(told(again(), dns(List.of(), "198.51.100.3"), machine("198.51.100.3")))
        .contains("none of Coder's public addresses (203.0.113.9)", "a proxy may be in front of");
  }

  @Test
  void withoutAPublicAddressThereIsNothingToCompareWith() {
    Scenery behind = with("ClusterIP", "10.2.0.7").said(RunFacts.ACCESS_HOST, HOST);
    assertThat(told(behind, dns(List.of(), "198.51.100.3"), machine()))
        .contains("no Service has a public address to compare it with: an Ingress or a proxy");
  }

  @Test
  void whileNothingIsInstalledTheAddressOfBeforeIsGone() {
    Scenery gone =
        CoderV1Scene.gone()
            .recalls(RunFacts.HELM_ADDRESSES, "web-ingress LoadBalancer " + OLD)
            .said(RunFacts.ACCESS_HOST, HOST);
    assertThat(told(gone, dns(List.of(), OLD), machine(OLD)))
        .contains("the old public address, which went with its Service");
  }

  /** No answer is no reason to change a record. */
  @Test
  void whoDoesNotAnswerProvesNothing() {
    Answer silent = Answer.unknown("DNS at 10.0.0.2", "no answer");
    assertThat(told(again(), silent, Answer.unknown("this machine", "no answer within 5 s")))
        .contains(
            "by DNS at 10.0.0.2 unknown: no answer",
            "by this machine unknown: no answer within 5 s",
            "unknown whether it leads to Coder")
        .doesNotContain("change the record", "leads nowhere");
    assertThat(told(again(), silent, machine(OLD)))
        .contains("still leads to the old public address");
  }

  @Test
  void servicesThatAreNotKnownProveNothing() {
    Scenery unread =
        again().cluster("services", Observed.unknown("may not list services", Scenery.NOW));
    assertThat(told(unread, dns(List.of(), OLD), machine(OLD)))
        .contains("unknown whether it leads to Coder: the Services are not known");
  }

  @Test
  void aNameThatThereIsNotLeadsNowhere() {
    assertThat(told(again(), dns(List.of()), machine()))
        .contains("no address", "leads nowhere", "to 203.0.113.9");
  }

  @Test
  void whatThisMachineAloneReadsIsToldApart() {
    assertThat(told(again(), dns(List.of(), OLD), machine(NEW)))
        .contains("/etc/hosts or a search domain", "still leads to the old public address");
    assertThat(told(again(), dns(List.of(), OLD), machine(OLD))).doesNotContain("/etc/hosts");
  }

  @Test
  void anAnswerAboutAnotherHostOrOfLongAgoIsNone() {
    HostLookup other = new HostLookup("other.example.com", dns(List.of(), NEW), machine(NEW));
    assertThat(told(again().seen().withHost(Observed.known(other, Scenery.NOW))))
        .isEqualTo("access URL: where coder.example.com leads is being asked");
    HostLookup old = new HostLookup(HOST, dns(List.of(), NEW), machine(NEW));
    assertThat(told(again().seen().withHost(Observed.known(old, Scenery.NOW.minusSeconds(90)))))
        .contains("is being asked");
  }

  @Test
  void withoutAHostNobodyIsAsked() {
    assertThat(AccessName.host(CoderV1Scene.installed().seen())).isEmpty();
    assertThat(told(CoderV1Scene.installed().seen())).contains("its host is not known");
  }

  @Test
  void whatTheOperatorSaysGoesBeforeWhatTheDeploymentSays() {
    Scenery scenery =
        CoderV1Scene.installed()
            .deployment(
                "template",
                Altered.of(
                    CoderV1Scene.deployment(CoderV1Scene.installed()).template(),
                    "accessHost",
                    Optional.of("old.example.com")));
    assertThat(AccessName.host(scenery.seen())).contains("old.example.com");
    assertThat(AccessName.host(scenery.said(RunFacts.ACCESS_HOST, HOST).seen())).contains(HOST);
  }

  @ParameterizedTest
  @CsvSource({
    "https://Coder.Example.com/, coder.example.com",
    "https://user:hunter2@coder.example.com:8443/x?y, coder.example.com",
    "coder.example.com, coder.example.com",
    "http://[2001:db8::7]:80, 2001:db8::7",
    "'  203.0.113.7 ', 203.0.113.7",
    "coder example, ",
    "https://, ",
    "'coder\u001b[2J.example.com', "
  })
  void theHostAloneIsTakenOfAUrl(String url, String host) {
    assertThat(HostLookup.host(url)).isEqualTo(Optional.ofNullable(host));
  }
}
