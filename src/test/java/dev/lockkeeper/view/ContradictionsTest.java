package dev.lockkeeper.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Advice;
import dev.lockkeeper.diagnosis.Certainty;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.diagnosis.DiagnosisScenes;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.files.Runbooks;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Policy;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.CoderV1Scene;
import dev.lockkeeper.story.RecoveryWorld;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.Troubles;
import dev.lockkeeper.story.UpgradeWorld;
import dev.lockkeeper.wizard.Setting;
import dev.lockkeeper.wizard.State;
import dev.lockkeeper.wizard.Toast;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * No screen says two things that cannot both be followed, or both be true: every step of every
 * bundled runbook beside the panels, in every world of the stories; and those of the runbook that
 * begins with what is found, in every scene of a finding.
 */
class ContradictionsTest {
  private static final Knowledge KNOWLEDGE = KnowledgeFile.load();
  private static final List<String> RUNBOOKS = Runbooks.names();

  private static final int WIDTH = 400;
  private static final int HEIGHT = 500;

  /** What one would do to a pod or a Deployment: advised by one, forbidden by another. */
  private static final Map<String, Pattern> ACTS =
      Map.of(
          "scale", Pattern.compile("(?i)\\b(scale|scaling|replicas at zero)\\b"),
          "restart", Pattern.compile("(?i)\\b(restart|delete) (?!of|or failover)"),
          "start a pod", Pattern.compile("(?i)\\bstart (a|the|another) pod\\b"),
          "another template", Pattern.compile("(?i)\\b(go back to|use v|raise|resume)"),
          "wait", Pattern.compile("(?i)(?<!that )\\bwait\\b(?! again| for)"),
          "end", Pattern.compile("(?i)\\bend (it|the session|the migrator|pid)\\b"));

  private static final Pattern WARNING = Pattern.compile("(?i)\\b(would|do not|never)\\b");

  /** What is to be done only in another moment than this one. */
  private static final Pattern LATER = Pattern.compile("(?i)(^if |: if | if not, )");

  private static final Pattern NOTHING =
      Pattern.compile("(?i)nothing unusual|nothing is found|nothing to avoid");

  private static final Pattern ANSWER = Pattern.compile("([✔✖]) (?:pass|fail) +(.*?)(?:  .*)?$");

  private static final Pattern PID = Pattern.compile("\\bpid (\\d+)");

  @TestFactory
  Stream<DynamicTest> noScreenContradictsItself() {
    return Stream.concat(
        walked(worlds(), RUNBOOKS), walked(DiagnosisScenes.all(), List.of("coder-recovery")));
  }

  /** What is seen of the cluster in one scene, and of the database in another. */
  @TestFactory
  Stream<DynamicTest> noTwoFindingsThatCanStandTogetherContradict() {
    Map<String, Snapshot> scenes = new LinkedHashMap<>(worlds());
    scenes.putAll(DiagnosisScenes.all());
    // Many of them differ in the other half alone.
    Observed<Cluster> any = scenes.values().iterator().next().cluster();
    List<Snapshot> databases =
        scenes.values().stream().map(each -> each.withCluster(any)).distinct().toList();
    Map<Observed<Cluster>, String> clusters = new LinkedHashMap<>();
    scenes.forEach((name, scene) -> clusters.putIfAbsent(scene.cluster(), name));
    return clusters.entrySet().stream()
        .map(
            scene ->
                DynamicTest.dynamicTest(
                    scene.getValue(),
                    () -> assertThat(crossed(scene.getKey(), databases)).isEmpty()));
  }

  private static Set<String> crossed(Observed<Cluster> cluster, List<Snapshot> databases) {
    return databases.stream()
        .map(each -> each.withCluster(cluster))
        .flatMap(each -> opposed(Diagnosis.of(each, KNOWLEDGE)).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<DynamicTest> walked(Map<String, Snapshot> scenes, List<String> runbooks) {
    return scenes.entrySet().stream()
        .map(
            scene ->
                DynamicTest.dynamicTest(
                    scene.getKey(),
                    () -> assertThat(contradictions(scene.getValue(), runbooks)).isEmpty()));
  }

  @Test
  void whatOneAdvisesAndAnotherForbidsIsFound() {
    Finding scale = finding("old pods stand in the way", Advice.act("Scale to zero."), "");
    Finding wait = finding("the migration works: do nothing", Advice.findOut("Wait."), "scale.");
    assertThat(opposed(List.of(scale, wait))).hasSizeGreaterThanOrEqualTo(1);
    assertThat(opposed(List.of(wait))).isEmpty();
  }

  @Test
  void nothingBesideSomethingAndTwoAnswersAreFound() {
    assertThat(denied(List.of("Nothing unusual is seen", "▲ 4711 idle"), List.of())).hasSize(1);
    assertThat(denied(List.of("Nothing unusual is seen"), List.of())).isEmpty();
    assertThat(torn(List.of("✔ pass    it holds  a", "✖ fail    it holds  b"))).hasSize(1);
    assertThat(torn(List.of("✔ pass    it holds  a", "✖ fail    it fits  b"))).isEmpty();
  }

  private static Finding finding(String headline, Advice advice, String notThis) {
    return new Finding(
        Finding.Kind.DIRTY,
        Urgency.ACT,
        Certainty.PROVEN,
        headline,
        List.of(),
        List.of(),
        advice,
        notThis);
  }

  private static Map<String, Snapshot> worlds() {
    Map<String, Snapshot> all = new LinkedHashMap<>();
    stories().forEach((name, world) -> all.put(name, Scenery.of(world).seen()));
    List<Snapshot> moments = Scenery.everyMoment();
    IntStream.range(0, moments.size()).forEach(i -> all.put("moment " + i, moments.get(i)));
    all.put("a Coder v1", CoderV1Scene.installed().seen());
    all.put("a Coder v1 that was refused", CoderV1Scene.refused(CoderV1Scene.IMMUTABLE).seen());
    all.put("idle in a transaction", idle().seen());
    all.put("a prepared transaction", left().seen());
    return all;
  }

  private static Map<String, Function<Instant, UpgradeWorld>> stories() {
    Map<String, Function<Instant, UpgradeWorld>> all = new LinkedHashMap<>();
    all.put("it runs", UpgradeWorld::running);
    all.put("contended", UpgradeWorld::contended);
    all.put("draining", UpgradeWorld::draining);
    all.put("drained", UpgradeWorld::drained);
    all.put("renamed", UpgradeWorld::renamed);
    all.put("it migrates", UpgradeWorld::migrating);
    all.put("blocked", UpgradeWorld::blocked);
    all.put("one new pod", now -> UpgradeWorld.upgraded(now, 1));
    all.put("upgraded", now -> UpgradeWorld.upgraded(now, 3));
    all.put("it writes", Troubles::writing);
    all.put("the probe kills", Troubles::probeKills);
    all.put("orphaned", Troubles::orphaned);
    all.put("out of memory", Troubles::outOfMemory);
    all.put("failed", Troubles::failed);
    all.put("dirty", now -> RecoveryWorld.dirty(now, 371));
    all.put("dirty at zero", now -> RecoveryWorld.zero(now, 371, true));
    all.put("leaving", RecoveryWorld::leaving);
    all.put("prepared", now -> RecoveryWorld.prepared(now, "shop-1", "shop-2"));
    return all;
  }

  /** Nobody waits for it yet. */
  private static Scenery idle() {
    UpgradeWorld contended = UpgradeWorld.contended(Scenery.NOW);
    return Scenery.of(UpgradeWorld::running)
        .database("backends", List.of(contended.database().backend(4711).orElseThrow()))
        .database("locks", contended.database().locks().subList(0, 1));
  }

  private static Scenery left() {
    return Scenery.of(UpgradeWorld::running)
        .database("prepared", RecoveryWorld.prepared(Scenery.NOW, "shop-1").database().prepared());
  }

  private static Set<String> contradictions(Snapshot seen, List<String> runbooks) {
    List<Finding> found = Diagnosis.of(seen, KNOWLEDGE);
    Set<String> all = new TreeSet<>(opposed(found));
    List<State> steps = steps(seen, runbooks);
    List<String> panels = panels(steps.get(0));
    for (State state : steps) {
      List<String> screen = new ArrayList<>(step(state));
      screen.addAll(panels);
      all.addAll(denied(screen, found));
      torn(screen).forEach(each -> all.add(state.cursor() + ": " + each));
      all.addAll(hidden(state, found));
    }
    return all;
  }

  /** An act that one finding advises and another forbids or warns of. */
  private static List<String> opposed(List<Finding> found) {
    List<String> all = new ArrayList<>();
    ACTS.forEach(
        (name, words) -> {
          List<Finding> against = found.stream().filter(each -> forbids(words, each)).toList();
          found.stream()
              .filter(each -> !against.isEmpty() && advises(words, each))
              .forEach(one -> all.addAll(opposed(name, one, against)));
        });
    return all;
  }

  private static List<String> opposed(String act, Finding one, List<Finding> against) {
    return against.stream()
        .filter(other -> one != other && aboutTheSame(one, other))
        .map(
            other ->
                "%s: <%s> against <%s: %s Do not %s>"
                    .formatted(
                        act,
                        one.advice().text(),
                        other.headline(),
                        other.advice().text(),
                        other.notThis()))
        .toList();
  }

  /** To keep replicas is the opposite of scaling: who forbids the one advises the other. */
  private static boolean advises(Pattern act, Finding finding) {
    return sentences(finding.advice().text())
            .anyMatch(each -> says(act, each) && !warns(each) && !says(LATER, each))
        || says(act, "scale") && finding.notThis().startsWith("leave old replicas up");
  }

  private static boolean forbids(Pattern act, Finding finding) {
    return says(act, finding.notThis())
        || sentences(finding.advice().text()).anyMatch(each -> says(act, each) && warns(each))
        || finding.headline().contains("do nothing");
  }

  /** A sentence that names an act only to tell what harm it would do. */
  private static boolean warns(String sentence) {
    return says(WARNING, sentence);
  }

  private static Stream<String> sentences(String text) {
    return Stream.of(text.split("(?<=[.!?]) "));
  }

  private static boolean says(Pattern act, String text) {
    return act.matcher(text).find();
  }

  /** Two sessions may be ended and left alone at once. */
  private static boolean aboutTheSame(Finding one, Finding other) {
    Set<String> pids = pids(one);
    Set<String> others = pids(other);
    return pids.isEmpty() || others.isEmpty() || pids.stream().anyMatch(others::contains);
  }

  private static Set<String> pids(Finding finding) {
    return PID.matcher(finding.headline())
        .results()
        .map(each -> each.group(1))
        .collect(Collectors.toSet());
  }

  /** What is told to be nothing, beside something that wants care. */
  private static List<String> denied(List<String> screen, List<Finding> found) {
    Optional<String> care =
        found.stream()
            .filter(each -> Set.of(Urgency.ACT, Urgency.BEWARE).contains(each.urgency()))
            .map(Finding::headline)
            .findFirst()
            .or(() -> screen.stream().filter(line -> line.startsWith("▲")).findFirst());
    return screen.stream()
        .filter(line -> care.isPresent() && NOTHING.matcher(line).find())
        .map(line -> "<%s> beside <%s>".formatted(line.strip(), care.get()))
        .toList();
  }

  /** An old success before what is wrong now. */
  private static List<String> hidden(State state, List<Finding> found) {
    Toast old = new Toast(Toast.Tone.GOOD, "4.3 done: wants 1 replica", state.now());
    State told = Altered.of(state, "notice", Optional.of(old));
    boolean alarm =
        found.stream().anyMatch(one -> Set.of(Urgency.ACT, Urgency.BEWARE).contains(one.urgency()));
    return MessageLine.lines(told, WIDTH, 2).stream()
        .map(Line::text)
        .filter(line -> alarm && line.startsWith("✔"))
        .map(line -> "<%s> before <%s>".formatted(line, found.get(0).headline()))
        .toList();
  }

  /** One question with two answers. */
  private static List<String> torn(List<String> screen) {
    Map<String, String> answers = new HashMap<>();
    List<String> all = new ArrayList<>();
    for (String line : screen) {
      Matcher matcher = ANSWER.matcher(line);
      if (matcher.find()) {
        String before = answers.put(matcher.group(2), matcher.group(1));
        if (before != null && !before.equals(matcher.group(1))) {
          all.add("two answers: " + matcher.group(2));
        }
      }
    }
    return all;
  }

  /** The run at every step of these runbooks. */
  private static List<State> steps(Snapshot seen, List<String> runbooks) {
    List<State> all = new ArrayList<>();
    for (String name : runbooks) {
      Runbook runbook = RunbookFile.bundled(name);
      Setting setting =
          new Setting("run", Setting.World.PRODUCTION, ZoneId.of("UTC"), Policy.NONE, true);
      State first =
          State.starting(
              setting, runbook, KNOWLEDGE, Progress.of(List.of(), seen.now()), seen.now());
      State here = Altered.of(first, "snapshot", seen);
      all.addAll(runbook.steps().map(Step::id).map(id -> Altered.of(here, "cursor", id)).toList());
    }
    return all;
  }

  private static List<String> step(State state) {
    return text(
        Stream.concat(
            Stream.concat(
                StepPage.besidePanels(state, new Area(0, 0, WIDTH, HEIGHT)).stream(),
                ChecksPanel.lines(state, WIDTH, HEIGHT).stream()),
            MessageLine.lines(state, WIDTH, 2).stream()));
  }

  /** All of them in full; they are the same beside every step. */
  private static List<String> panels(State state) {
    return text(
        Arrays.stream(PanelId.values())
            .flatMap(each -> Panels.lines(each, state, WIDTH, HEIGHT).stream()));
  }

  private static List<String> text(Stream<Line> lines) {
    return lines.map(Line::text).toList();
  }
}
