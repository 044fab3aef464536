package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.HostLookup;
import dev.lockkeeper.snapshot.HostLookup.Answer;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.PodTemplate;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.RunFacts.Attested;
import dev.lockkeeper.snapshot.ServiceAddress;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the name leads by which people reach Coder, compared with the public addresses of its
 * Services: those of now, and those of before an uninstallation (C60).
 *
 * @param lookup what the name leads to
 * @param now the public addresses that the Services have; empty when that is not known
 * @param before those that they had before this run uninstalled them
 */
public record AccessName(HostLookup lookup, Optional<List<String>> now, List<String> before) {
  /** Who asks every quarter of a minute has an answer, or does not know it any more. */
  private static final Duration OUTDATED = Duration.ofSeconds(60);

  private static final int GROUPS = 8;

  /** The host: what the operator said, or else what the Deployment says. */
  public static Optional<String> host(Snapshot snapshot) {
    return snapshot
        .run()
        .said(RunFacts.ACCESS_HOST)
        .map(Attested::value)
        .or(
            () ->
                CoderV1Place.deployment(snapshot)
                    .map(deployment -> deployment.template())
                    .flatMap(PodTemplate::accessHost));
  }

  /** Both answers, and what they mean; what is not known is said as that. */
  public static List<String> lines(Snapshot snapshot) {
    Optional<String> host = host(snapshot);
    if (host.isEmpty()) {
      return List.of(
          "access URL: its host is not known: nobody has said it, and the Deployment has no"
              + " CODER_ACCESS_URL");
    }
    Observed<HostLookup> seen = snapshot.host();
    Optional<HostLookup> found =
        seen.fresh(snapshot.now(), OUTDATED).filter(each -> isOf(each, host.get()));
    return found
        .map(lookup -> new AccessName(lookup, now(snapshot), before(snapshot)).lines())
        .orElseGet(
            () -> List.of("access URL: where %s leads is being asked".formatted(host.get())));
  }

  /** An address is written in many ways. */
  private static boolean isOf(HostLookup lookup, String host) {
    return lookup.host().equals(host) || same(lookup.host(), host);
  }

  private static Optional<List<String>> now(Snapshot snapshot) {
    return snapshot
        .cluster()
        .value()
        .map(each -> each.helm().services())
        .flatMap(services -> services.fresh(snapshot.now(), OUTDATED))
        .map(
            services ->
                services.stream()
                    .filter(each -> each.type().equals("LoadBalancer") && !each.leaving())
                    .map(ServiceAddress::address)
                    .flatMap(AccessName::words)
                    .toList());
  }

  private static List<String> before(Snapshot snapshot) {
    return snapshot.run().recalled(RunFacts.HELM_ADDRESSES).stream()
        .flatMap(AccessName::words)
        .filter(word -> word.contains(".") || word.contains(":"))
        .toList();
  }

  private static Stream<String> words(String text) {
    return Arrays.stream(text.split("[ ,]+")).filter(word -> !word.isEmpty());
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("%s: %s".formatted(lookup.host(), told(lookup.dns())));
    if (!lookup.machine().equals(lookup.dns())) {
      lines.add("%s: %s%s".formatted(lookup.host(), told(lookup.machine()), difference()));
    }
    lines.add(meaning());
    return lines;
  }

  private static String told(Answer answer) {
    return "by %s %s".formatted(answer.by(), answer.known() ? leads(answer) : unknown(answer));
  }

  private static String unknown(Answer answer) {
    return "unknown: " + answer.trouble();
  }

  private static String leads(Answer answer) {
    String aliases =
        answer.aliases().stream()
            .map(each -> "CNAME " + each + " → ")
            .collect(Collectors.joining());
    return aliases
        + (answer.addresses().isEmpty() ? "no address" : String.join(", ", answer.addresses()));
  }

  /** What this machine alone reads, others do not. */
  private String difference() {
    boolean differs =
        lookup.dns().known()
            && lookup.machine().known()
            && lookup.machine().addresses().stream()
                .noneMatch(each -> lookup.dns().addresses().contains(each))
            && !(lookup.machine().addresses().isEmpty() && lookup.dns().addresses().isEmpty());
    return differs ? "; others ask DNS: /etc/hosts or a search domain may be why it differs" : "";
  }

  /** DNS is what others ask; this machine stands in where DNS does not answer. */
  private Answer used() {
    return lookup.dns().known() ? lookup.dns() : lookup.machine();
  }

  private String meaning() {
    Answer answer = used();
    if (!answer.known()) {
      return "unknown whether it leads to Coder: neither answers";
    }
    if (now.isEmpty()) {
      return "unknown whether it leads to Coder: the Services are not known";
    }
    if (answer.addresses().isEmpty()) {
      return "it leads nowhere: make its record at your DNS provider%s"
          .formatted(now.get().isEmpty() ? "" : ", to " + String.join(", ", now.get()));
    }
    if (leads(answer, now.get())) {
      return "it leads to the public address that Coder has now";
    }
    return leads(answer, before) ? outdated(answer) : elsewhere(answer);
  }

  private String outdated(Answer answer) {
    return now.orElseThrow().isEmpty()
        ? "it leads to the old public address, which went with its Service"
        : "it still leads to the old public address: change the record of %s to %s; others see it once the old record's TTL is over"
            .formatted(record(answer), String.join(", ", now.get()));
  }

  private String elsewhere(Answer answer) {
    return now.orElseThrow().isEmpty()
        ? "no Service has a public address to compare it with: an Ingress or a proxy may be in"
            + " front of Coder"
        : "it leads to none of Coder's public addresses (%s): a proxy may be in front of Coder, or the record of %s is to be changed"
            .formatted(String.join(", ", now.get()), record(answer));
  }

  /** The name whose record holds the address: the last alias, or the host itself. */
  private String record(Answer answer) {
    List<String> aliases = answer.aliases();
    return aliases.isEmpty() ? lookup.host() : aliases.get(aliases.size() - 1);
  }

  /** A load balancer has an address, or a name to which an alias leads. */
  private boolean leads(Answer answer, List<String> places) {
    return places.stream()
        .anyMatch(
            place ->
                lookup.host().equals(name(place))
                    || answer.aliases().contains(name(place))
                    || answer.addresses().stream().anyMatch(each -> same(each, place)));
  }

  private static String name(String place) {
    return place.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
  }

  private static boolean same(String one, String other) {
    return expanded(one).equals(expanded(other));
  }

  /** An IPv6 address with all of its groups; anything else as it is. */
  private static String expanded(String address) {
    String[] halves = address.split("::", -1);
    if (!address.contains(":") || halves.length > 2 || address.contains(".")) {
      return address.toLowerCase(Locale.ROOT);
    }
    List<String> groups = new ArrayList<>(groups(halves[0]));
    List<String> last = halves.length == 2 ? groups(halves[1]) : List.of();
    while (halves.length == 2 && groups.size() + last.size() < GROUPS) {
      groups.add("0");
    }
    groups.addAll(last);
    return String.join(":", groups);
  }

  private static List<String> groups(String half) {
    return Arrays.stream(half.split(":"))
        .filter(group -> !group.isEmpty())
        .map(group -> group.toLowerCase(Locale.ROOT).replaceFirst("^0+(?=.)", ""))
        .toList();
  }
}
