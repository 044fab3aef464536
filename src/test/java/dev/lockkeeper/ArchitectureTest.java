package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The house keeps its rules, and each rule bites when it is broken. */
class ArchitectureTest {
  private static final String ROOT = "dev.lockkeeper";

  /** A house in which every rule is broken once, on purpose. */
  private static final String BROKEN = "brokenhouse";

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);
  private static final JavaClasses BROKEN_HOUSE = new ClassFileImporter().importPackages(BROKEN);

  @TestFactory
  Stream<DynamicTest> theHouseKeepsItsRules() {
    return rules(ROOT).entrySet().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(HOUSE)));
  }

  @ParameterizedTest
  @CsvSource({
    "every class is in a room of the plan, brokenhouse.attic.Box",
    "snapshot imports only what it may, brokenhouse.snapshot.Upward",
    "coder imports only what it may, brokenhouse.coder.Upward",
    "analysis imports only what it may, brokenhouse.analysis.Upward",
    "diagnosis imports only what it may, brokenhouse.diagnosis.Upward",
    "reading imports only what it may, brokenhouse.reading.Upward",
    "check imports only what it may, brokenhouse.check.Upward",
    "action imports only what it may, brokenhouse.action.Upward",
    "runbook imports only what it may, brokenhouse.runbook.Upward",
    "journal imports only what it may, brokenhouse.journal.Upward",
    "wizard imports only what it may, brokenhouse.wizard.Upward",
    "view imports only what it may, brokenhouse.view.Upward",
    "report imports only what it may, brokenhouse.report.Upward",
    "bundle imports only what it may, brokenhouse.bundle.Upward",
    "trust imports only what it may, brokenhouse.trust.Upward",
    "clock imports only what it may, brokenhouse.clock.Upward",
    "parsing imports only what it may, brokenhouse.parsing.Upward",
    "kubernetes imports only what it may, brokenhouse.kubernetes.Upward",
    "postgres imports only what it may, brokenhouse.postgres.Upward",
    "dns imports only what it may, brokenhouse.dns.Upward",
    "DNS has one door, EveryLibrary.names",
    "helm imports only what it may, brokenhouse.helm.Upward",
    "files imports only what it may, brokenhouse.files.Upward",
    "terminal imports only what it may, brokenhouse.terminal.Upward",
    "plain imports only what it may, brokenhouse.plain.Upward",
    "practice imports only what it may, brokenhouse.practice.Upward",
    "rooms form no cycle, Slice view",
    "the subjects of checks form no cycle, Slice database",
    "the parts of the door to Kubernetes form no cycle, Slice lease",
    "cli imports only what it may, brokenhouse.cli.Upward",
    "live imports only what it may, brokenhouse.live.Upward",
    "app imports only what it may, brokenhouse.app.Upward",
    "worlds imports only what it may, brokenhouse.worlds.Upward",
    "no part of the wizard needs the practice program, brokenhouse.terminal.Upward",
    "no part of the wizard needs the practice program, brokenhouse.Main",
    "only those who join the parts know of practice worlds, brokenhouse.terminal.Upward",
    "fabric8 has one door, EveryLibrary.fabric8",
    "practice takes only JSON patches from fabric8, brokenhouse.practice.Shortcut.client",
    "JDBC has one door, EveryLibrary.jdbc",
    "pgjdbc has one door, EveryLibrary.pgjdbc",
    "Lanterna has one door, EveryLibrary.lanterna",
    "JLine has one door, EveryLibrary.jline",
    "JLine has one door, brokenhouse.view.Painter.jline",
    "Jackson has one door, EveryLibrary.jackson",
    "annotations of Jackson read nothing, brokenhouse.parsing.Bound",
    "picocli has one door, EveryLibrary.picocli",
    "Undertow has one door, EveryLibrary.undertow",
    "Commons Compress has one door, EveryLibrary.compress",
    "Helm has one door, EveryLibrary.helm",
    "the core reads no clock, Impure.instant",
    "the core reads no clock, Impure.date",
    "the core reads no clock, Impure.millis",
    "the core reads no clock, Impure.nanos",
    "the core draws no random number, Impure.chance",
    "the core draws no random number, Impure.uuid",
    "the core starts no thread and waits for none, Impure.thread",
    "the core starts no thread and waits for none, Impure.executor",
    "the core does no I/O, Impure.file",
    "the core does no I/O, Impure.path",
    "the core does no I/O, Impure.uri",
    "the core does no I/O, Impure.process",
    "facts are records or enums, brokenhouse.snapshot.Changing",
    "facts are nested by idea, brokenhouse.snapshot.Wide",
    "facts are records or enums, brokenhouse.snapshot.Open",
    "no class has a vague name, brokenhouse.check.TextUtil",
    "no class has a vague name, brokenhouse.check.AbstractText",
    "no two classes of a program share a name, brokenhouse.check.Something",
    "no static field can change, TextUtil.count",
    "no static field can change, TextUtil.NAMES",
    "no static field can change, TextUtil.BYTES",
    "only the command line prints, brokenhouse.terminal.Loud.out",
    "only the command line prints, brokenhouse.terminal.Loud.err",
    "only the command line prints, brokenhouse.terminal.Loud.trace",
    "text has one way out, brokenhouse.terminal.Loud.out",
    "text has one way out, brokenhouse.cli.Command",
    "only the command line exits, brokenhouse.terminal.Loud.exit",
    "only the command line exits, brokenhouse.terminal.Loud.halt",
    "who opens or runs something asks whose it is, brokenhouse.files.Careless",
    "what is made for moments is named so that it is swept, brokenhouse.files.Careless",
    "time is measured by the product's own clock, brokenhouse.files.Careless.now",
    "time is measured by the product's own clock, brokenhouse.files.Careless.clock"
  })
  void aBrokenRuleIsReported(String promise, String culprit) {
    assertThat(report(promise)).contains(culprit);
  }

  @ParameterizedTest
  @CsvSource({
    "JLine has one door, brokenhouse.view.Columns",
    "only the command line prints, brokenhouse.cli",
    "only the command line exits, brokenhouse.Main",
    "only those who join the parts know of practice worlds, brokenhouse.Main",
    "only those who join the parts know of practice worlds, brokenhouse.live.Joins",
    "facts are records or enums, brokenhouse.snapshot.Upward",
    "facts are records or enums, brokenhouse.snapshot.Sealed",
    "no static field can change, TextUtil.LIMIT",
    "no static field can change, TextUtil.TABLE",
    "practice takes only JSON patches from fabric8, brokenhouse.practice.Shortcut.patch"
  })
  void whatIsAllowedIsNotReported(String promise, String innocent) {
    assertThat(report(promise)).doesNotContain(innocent);
  }

  @Test
  void everyRuleIsBrokenOnPurpose() {
    assertThat(rules(BROKEN))
        .allSatisfy(
            (promise, rule) -> assertThat(rule.evaluate(BROKEN_HOUSE).hasViolation()).isTrue());
  }

  /** An excuse that nobody needs any more would cover whoever comes to need one. */
  @Test
  void whoIsExcusedFromAskingOpensSomething() {
    HouseTrust trust = new HouseTrust(ROOT);
    assertThat(trust.excused())
        .allSatisfy(name -> assertThat(trust.opens(HOUSE.get(ROOT + "." + name))).isTrue());
  }

  @Test
  void whoIsExcusedFromTheClockReadsTheMachines() {
    assertThat(new HouseStyle(ROOT).excused())
        .allSatisfy(
            name -> assertThat(HouseStyle.readsAClock(HOUSE.get(ROOT + "." + name))).isTrue());
  }

  @Test
  void theQuickCheckRunsTheTestsOfEveryRoomOfTheCore() throws IOException {
    String script = Files.readString(Path.of("scripts", "check"));
    String rooms =
        script.lines().filter(line -> line.startsWith("rooms=")).findFirst().orElseThrow();
    assertThat(rooms.replaceAll("rooms=|\"", "").split(" ")).containsAll(House.CORE);
  }

  private static String report(String promise) {
    ArchRule rule = rules(BROKEN).get(promise);
    assertThat(rule).as(promise).isNotNull();
    return String.join("\n", rule.evaluate(BROKEN_HOUSE).getFailureReport().getDetails());
  }

  private static Map<String, ArchRule> rules(String root) {
    Map<String, ArchRule> rules = new LinkedHashMap<>(new House(root).rules());
    rules.putAll(new HouseStyle(root).rules());
    rules.putAll(new HouseTrust(root).rules());
    return rules;
  }
}
