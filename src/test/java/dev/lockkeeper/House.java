package dev.lockkeeper;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysFalse;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How the rooms of the house hang together: who may import whom, and which library has which door.
 *
 * @param root the package that the rooms are in: the product's, or that of a house built to break
 *     every rule
 */
record House(String root) {
  /** Each room and the rooms that it may import; the root itself may all. */
  private static final Map<String, List<String>> ROOMS = rooms();

  /** The rooms in which there is no clock, no thread and no I/O. */
  static final List<String> CORE =
      List.of(
          "snapshot",
          "coder",
          "analysis",
          "diagnosis",
          "reading",
          "check",
          "action",
          "runbook",
          "journal",
          "wizard",
          "view",
          "report",
          "bundle");

  private static Map<String, List<String>> rooms() {
    Map<String, List<String>> rooms = new LinkedHashMap<>();
    rooms.put("snapshot", List.of());
    rooms.put("coder", List.of());
    rooms.put("analysis", List.of("snapshot", "coder"));
    rooms.put("diagnosis", List.of("snapshot", "coder", "analysis"));
    rooms.put("reading", List.of("snapshot", "coder", "analysis", "diagnosis"));
    rooms.put("check", List.of("snapshot", "coder", "analysis", "diagnosis"));
    rooms.put("action", List.of("snapshot", "coder", "analysis", "diagnosis", "check"));
    rooms.put("runbook", List.of("snapshot", "reading", "check", "action"));
    rooms.put("journal", List.of("snapshot", "check", "action", "runbook"));
    List<String> model = List.copyOf(rooms.keySet());
    rooms.put("wizard", model);
    rooms.put("view", plus(model, "wizard"));
    rooms.put("report", plus(model, "view"));
    rooms.put("bundle", plus(model, "view"));
    rooms.put("trust", List.of());
    rooms.put("clock", List.of());
    rooms.put("parsing", List.of());
    rooms.put("kubernetes", List.of("snapshot", "action", "coder", "trust", "clock"));
    rooms.put("postgres", List.of("snapshot", "action", "coder", "trust", "clock"));
    rooms.put("helm", List.of("snapshot", "action", "coder", "trust", "clock"));
    rooms.put("dns", List.of("snapshot", "clock"));
    rooms.put("files", plus(plus(plus(model, "trust"), "parsing"), "bundle"));
    rooms.put("terminal", List.of("view", "wizard", "trust"));
    rooms.put("plain", List.of("view", "wizard"));
    rooms.put("worlds", List.of("trust"));
    rooms.put("practice", List.of("worlds", "trust", "parsing"));
    rooms.put("cli", List.of("snapshot", "view", "files", "terminal"));
    List<String> parts = rooms.keySet().stream().filter(each -> !each.equals("practice")).toList();
    rooms.put("live", parts);
    rooms.put("app", plus(parts, "live"));
    return rooms;
  }

  private static List<String> plus(List<String> rooms, String room) {
    return Stream.concat(rooms.stream(), Stream.of(room)).toList();
  }

  /** Every rule about rooms, by what it promises. */
  Map<String, ArchRule> rules() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("every class is in a room of the plan", plan());
    ROOMS.forEach((room, may) -> rules.put(room + " imports only what it may", imports(room, may)));
    rules.put("rooms form no cycle", noCycle(""));
    rules.put("the subjects of checks form no cycle", noCycle("check."));
    rules.put("the parts of the door to Kubernetes form no cycle", noCycle("kubernetes."));
    rules.put("no part of the wizard needs the practice program", practiceIsApart());
    rules.put("only those who join the parts know of practice worlds", worldsAreUnknown());
    rules.put("fabric8 has one door", door("io.fabric8..", in("kubernetes", "practice")));
    rules.put("annotations of Jackson read nothing", noAnnotations());
    rules.put("practice takes only JSON patches from fabric8", onlyPatches());
    rules.put("JDBC has one door", door("java.sql..", in("postgres", "practice")));
    rules.put("pgjdbc has one door", door("org.postgresql..", in("postgres", "practice")));
    rules.put("DNS has one door", door("javax.naming..", in("dns")));
    rules.put("Lanterna has one door", door("com.googlecode.lanterna..", in("terminal")));
    rules.put(
        "JLine has one door", door("org.jline..", in("terminal", "plain").or(named("Columns"))));
    rules.put(
        "Jackson has one door",
        door("com.fasterxml.jackson..", in("parsing", "files", "practice", "kubernetes", "helm")));
    rules.put("Helm has one door", door("com.marcnuri.helm..", in("helm")));
    rules.put("picocli has one door", door("picocli..", in("cli")));
    rules.put("Undertow has one door", door("io.undertow..", in("practice")));
    rules.put("Commons Compress has one door", door("org.apache.commons..", in("practice")));
    rules.replaceAll((promise, rule) -> rule.allowEmptyShould(true).as(promise));
    return rules;
  }

  private ArchRule plan() {
    String[] known =
        ROOMS.keySet().stream().map(room -> root + "." + room + "..").toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .resideInAnyPackage(
            Stream.concat(Arrays.stream(known), Stream.of(root)).toArray(String[]::new));
  }

  private ArchRule imports(String room, List<String> may) {
    DescribedPredicate<JavaClass> allowed = in(plus(may, room).toArray(String[]::new));
    return noClasses()
        .that(in(room))
        .should()
        .dependOnClassesThat(resideInAPackage(root + "..").and(not(allowed)));
  }

  private ArchRule noCycle(String within) {
    return slices().matching(root + "." + within + "(*)..").should().beFreeOfCycles();
  }

  private ArchRule practiceIsApart() {
    return noClasses()
        .that(resideInAPackage(root + "..").and(not(in("practice"))))
        .should()
        .dependOnClassesThat(in("practice"));
  }

  private ArchRule worldsAreUnknown() {
    return noClasses()
        .that(resideInAPackage(root + ".*..").and(not(in("practice", "worlds", "live", "app"))))
        .should()
        .dependOnClassesThat(in("worlds"));
  }

  private ArchRule onlyPatches() {
    return noClasses()
        .that(in("practice"))
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.fabric8..").and(not(resideInAPackage("io.fabric8.zjsonpatch.."))));
  }

  /** What they read would not know its line. */
  private ArchRule noAnnotations() {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .dependOnClassesThat(resideInAPackage("com.fasterxml.jackson.annotation.."));
  }

  private ArchRule door(String library, DescribedPredicate<JavaClass> door) {
    return noClasses()
        .that(resideInAPackage(root + "..").and(not(door)))
        .should()
        .dependOnClassesThat(resideInAPackage(library));
  }

  /** Classes of these rooms. */
  private DescribedPredicate<JavaClass> in(String... rooms) {
    return rooms.length == 0
        ? alwaysFalse()
        : resideInAnyPackage(
            Arrays.stream(rooms).map(room -> root + "." + room + "..").toArray(String[]::new));
  }

  /** The one class of {@code view} with this name. */
  private DescribedPredicate<JavaClass> named(String name) {
    return describe(name, type -> type.getName().equals(root + ".view." + name));
  }
}
