package dev.lockkeeper.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import dev.lockkeeper.diagnosis.Advice;
import dev.lockkeeper.diagnosis.Certainty;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.commons.annotation.Testable;

/**
 * Every finding and every act stands in {@code docs/EVIDENCE.md}, and whatever ends, stops, rolls
 * back, scales or changes something has been tried against what only looks like its cause.
 */
class LookAlikesTest {
  private static final int ENOUGH = 3;

  /** They change no more than who may act, and files and lists of the operator's own machine. */
  private static final Set<String> HARMLESS =
      Set.of("take-lease", "keep-values", "keep-evidence", "add-repository");

  private static final Path PAGE = Path.of("docs/EVIDENCE.md");
  private static final Path RUNBOOKS = Path.of("src/main/resources/dev/lockkeeper/runbooks");
  private static final Pattern FINDING =
      Pattern.compile("(?m)^\\| `([A-Z0-9_]+)` \\|.*\\| (.*) \\|$");
  private static final Pattern ACT = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\|");
  private static final Pattern ACTION = Pattern.compile("(?m)^ *action: ([a-z0-9-]+)$");

  /** Those of all tests that are run. */
  private static final List<NearMiss> NEAR_MISSES =
      new ClassFileImporter()
          .withImportOption(Predefined.ONLY_INCLUDE_TESTS).importPackages("dev.lockkeeper").stream()
              .flatMap(each -> each.getMethods().stream())
              .filter(each -> each.isAnnotatedWith(NearMiss.class))
              .filter(LookAlikesTest::runs)
              .map(each -> each.getAnnotationOfType(NearMiss.class))
              .toList();

  private static List<MatchResult> all(Pattern pattern, Path file) throws IOException {
    return pattern.matcher(Files.readString(file)).results().toList();
  }

  private static List<String> names(Collection<Kind> kinds) {
    return kinds.stream().map(Enum::name).toList();
  }

  /** The action words of all bundled runbooks. */
  private static Set<String> acts() throws IOException {
    Set<String> acts = new TreeSet<>();
    try (Stream<Path> files = Files.list(RUNBOOKS)) {
      for (Path file : files.toList()) {
        all(ACTION, file).forEach(found -> acts.add(found.group(1)));
      }
    }
    acts.removeAll(HARMLESS);
    return acts;
  }

  /** The kinds of findings that some rule gives an act, by the code of the rules. */
  private static Set<Kind> leadToActs() {
    JavaClasses rules =
        new ClassFileImporter()
            .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackagesOf(Finding.class);
    return rules.stream()
        .filter(each -> !each.getName().startsWith(Advice.class.getName()))
        .flatMap(each -> each.getAccessesFromSelf().stream())
        .filter(LookAlikesTest::advisesAnAct)
        .flatMap(access -> kinds(access.getOrigin()))
        .collect(Collectors.toSet());
  }

  private static boolean advisesAnAct(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    return owner.isEquivalentTo(Advice.class) && access.getName().equals("act")
        || owner.isEquivalentTo(Advice.Act.class) && access.getName().equals("<init>");
  }

  /** Of the method that makes the advice, or of those that ask it to; else of its class. */
  private static Stream<Kind> kinds(JavaCodeUnit maker) {
    Set<Kind> named = named(maker, new HashSet<>());
    return (named.isEmpty() ? kinds(maker.getOwner().getFieldAccessesFromSelf()) : named).stream();
  }

  private static Set<Kind> named(JavaCodeUnit maker, Set<JavaCodeUnit> been) {
    Set<Kind> own = kinds(maker.getFieldAccesses());
    return !own.isEmpty() || !been.add(maker)
        ? own
        : maker.getAccessesToSelf().stream()
            .map(JavaAccess::getOrigin)
            .filter(asks -> asks.getOwner().equals(maker.getOwner()))
            .flatMap(asks -> named(asks, been).stream())
            .collect(Collectors.toSet());
  }

  private static Set<Kind> kinds(Set<JavaFieldAccess> accesses) {
    return accesses.stream()
        .filter(each -> each.getTargetOwner().isEquivalentTo(Kind.class))
        .map(each -> Kind.valueOf(each.getName()))
        .collect(Collectors.toSet());
  }

  private static boolean runs(JavaMethod method) {
    return method.isMetaAnnotatedWith(Testable.class)
        && !method.isAnnotatedWith(Disabled.class)
        && !method.getOwner().isAnnotatedWith(Disabled.class);
  }

  /** Those of which there are too few, each with how many there are. */
  private static <T> List<String> lacking(Collection<T> wanted, Function<NearMiss, T[]> named) {
    Map<T, Long> counted =
        NEAR_MISSES.stream()
            .flatMap(each -> Arrays.stream(named.apply(each)).distinct())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return wanted.stream()
        .filter(each -> counted.getOrDefault(each, 0L) < ENOUGH)
        .map(each -> "%s has %d".formatted(each, counted.getOrDefault(each, 0L)))
        .sorted()
        .toList();
  }

  @Test
  void everyFindingHasItsRowAndEveryRowItsFinding() throws IOException {
    assertThat(all(FINDING, PAGE).stream().map(row -> row.group(1)))
        .containsExactlyElementsOf(names(List.of(Kind.values())));
  }

  @Test
  void theRowsThatAdviseAnActAreThoseWhoseRulesDo() throws IOException {
    assertThat(
            all(FINDING, PAGE).stream()
                .filter(row -> row.group(2).startsWith("act: "))
                .map(row -> row.group(1)))
        .containsExactlyInAnyOrderElementsOf(names(leadToActs()));
  }

  @Test
  void everyActHasItsRowAndEveryRowItsAct() throws IOException {
    assertThat(all(ACT, PAGE).stream().map(row -> row.group(1)))
        .containsExactlyInAnyOrderElementsOf(acts());
  }

  @Test
  void everyFindingThatLeadsToAnActHasThreeNearMisses() {
    assertThat(lacking(leadToActs(), NearMiss::findings)).isEmpty();
  }

  @Test
  void everyActHasThreeNearMisses() throws IOException {
    assertThat(lacking(acts(), NearMiss::acts)).isEmpty();
  }

  @Test
  void aNearMissNamesActsThatThereAre() throws IOException {
    assertThat(NEAR_MISSES.stream().flatMap(each -> Stream.of(each.acts()))).isSubsetOf(acts());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROVEN")
  void whatIsNotProvenAdvisesNoAct(Certainty certainty) {
    assertThatThrownBy(() -> finding(certainty, Advice.act("End it.")))
        .hasMessage("DIRTY advises an act and is not proven");
    assertThat(finding(certainty, Advice.findOut("Look."))).isNotNull();
    assertThat(finding(Certainty.PROVEN, Advice.act("End it."))).isNotNull();
  }

  private static Finding finding(Certainty certainty, Advice advice) {
    return new Finding(Kind.DIRTY, Urgency.ACT, certainty, "x", List.of(), List.of(), advice, "");
  }
}
