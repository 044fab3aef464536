package dev.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.cli.Lockkeeper;
import dev.lockkeeper.files.JournalFile;
import dev.lockkeeper.files.Runs;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Head;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.trust.Oddity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lockkeeper journal}, as it is typed. */
class JournalCommandsTest {
  private static final Instant AT = Instant.parse("2026-11-21T22:00:00Z");
  private static final ScaleRequest DOWN =
      new ScaleRequest(Contexts.in("coder"), "coder", "uid", 3, 0);

  @TempDir Path state;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();
  private Path journal;
  private Head head;

  @BeforeEach
  void aRunThatScaledDown() throws IOException {
    try (JournalFile file = runs().begin("coder-upgrade", AT)) {
      journal = file.path();
      file.append(
          Entry.started(
              AT,
              "coder-upgrade",
              Map.of("target", "v2.29.3", "deployment", "coder", "namespace", "ns\u001b[31m")));
      file.append(Entry.remembered(AT, "replicas", "3"));
      file.append(Entry.intended(AT.plusSeconds(40), "3.2", DOWN));
      file.append(Entry.outcome(AT.plusSeconds(10), "3.2", DOWN, Outcome.done("replicas 3 -> 0")));
      head = file.head();
    }
  }

  @Test
  void theListSaysWhatIsOwed() throws IOException {
    assertThat(run("list", "-o", "json")).isZero();
    JsonNode listed = listed(Runs.name(journal));
    assertThat(listed.path("runbook").asText()).isEqualTo("coder-upgrade");
    assertThat(listed.path("started").asText()).isEqualTo("2026-11-21T22:00:00Z");
    assertThat(listed.path("lastKind").asText()).isEqualTo("done");
    assertThat(listed.path("finished").asBoolean(true)).isFalse();
    assertThat(listed.path("owed").path(0).path("command").asText())
        .isEqualTo("kubectl --context prod-eu -n coder scale deployment/coder --replicas=3");
    assertThat(listed.path("head").asText()).isEqualTo(head.hash());
    assertThat(listed.path("practice").asBoolean(true)).isFalse();
    assertThat(listed.path("brokenAtLine").isNull()).isTrue();
    assertThat(run("list")).isZero();
    assertThat(printed())
        .contains(Runs.name(journal), "unfinished", "bring back 3 replicas", " +00:00 done")
        .doesNotContain("\u001b");
  }

  @Test
  void aFinishedAndABrokenRunAreListedAsSuch() throws IOException {
    try (JournalFile file = JournalFile.open(journal)) {
      file.append(Entry.finished(AT, "nothing is owed"));
    }
    run("list", "-o", "json");
    assertThat(listed(Runs.name(journal)).path("finished").asBoolean()).isTrue();
    removeLine(1);
    assertThat(run("list", "-o", "json")).isZero();
    JsonNode broken = listed(Runs.name(journal));
    assertThat(broken.path("brokenAtLine").asInt()).isEqualTo(1);
    assertThat(broken.path("owed").isNull()).as("what is lost may owe something").isTrue();
    assertThat(broken.path("finished").isNull()).isTrue();
  }

  @Test
  void aJournalThatCannotBeReadIsListedAsSuchBesideTheOthers() throws Exception {
    for (Oddity odd : Oddity.values()) {
      Path run = runs().folder().resolve("20261122-220000-" + odd.name().toLowerCase());
      odd.at(Files.createDirectories(run).resolve("journal.jsonl"));
    }
    assertThat(run("list", "-o", "json")).isZero();
    assertThat(listed(Runs.name(journal)).path("finished").asBoolean(true)).isFalse();
    assertThat(listed(Runs.name(journal)).path("trouble").isNull()).isTrue();
    for (String odd : List.of("folder", "pipe", "socket", "device", "large")) {
      JsonNode listed = listed("20261122-220000-" + odd);
      assertThat(listed.path("trouble").asText())
          .contains(odd.equals("device") ? "/dev/zero" : odd + "/journal.jsonl");
      assertThat(listed.path("owed").isNull()).as("nobody knows what is owed").isTrue();
      assertThat(listed.path("finished").isNull()).isTrue();
    }
    assertThat(run("list")).isZero();
    assertThat(printed())
        .contains("20261122-220000-pipe")
        .contains("cannot be read", "not known: ", "it is a pipe, and no ordinary file")
        .contains(Runs.name(journal) + "  unfinished", "bring back 3 replicas");
    assertThat(start("resume")).isEqualTo(64);
    assertThat(err.toString())
        .contains("6 runs are unfinished, or their journals cannot be read, say which");
    assertThat(start("resume", "20261122-220000-pipe")).isEqualTo(6);
    assertThat(err.toString()).contains("it is a pipe, and no ordinary file");
  }

  private String begun(String context, int later) throws IOException {
    Instant at = AT.plusSeconds(later);
    try (JournalFile file = runs().begin("coder-recovery", at)) {
      file.append(Entry.started(at, "coder-recovery", Map.of("context", context)));
      return Runs.name(file.path());
    }
  }

  @Test
  void theNewestRunIsNextToThePromptAndFirstInJson() throws IOException {
    String newest = begun("prod-us", 60);
    assertThat(run("list")).isZero();
    assertThat(printed()).containsSubsequence(Runs.name(journal), newest);
    assertThat(run("list", "-o", "json")).isZero();
    assertThat(printed()).containsSubsequence(newest, Runs.name(journal));
    assertThat(start("resume")).isEqualTo(64);
    assertThat(err.toString()).contains("say which");
    assertThat(printed()).containsSubsequence(Runs.name(journal), newest);
  }

  @Test
  void ofOneContextAreThoseRunsAlone() throws IOException {
    String us = begun("prod-us", 60);
    String eu = begun("prod-eu", 120);
    assertThat(run("list", "--context", "prod-us")).isZero();
    assertThat(printed()).contains(us).doesNotContain(eu, Runs.name(journal));
    assertThat(run("list", "--context", "prod-us", "-o", "json")).isZero();
    assertThat(printed()).contains(us).doesNotContain(eu, Runs.name(journal));
    assertThat(run("list", "--context", "nowhere")).isZero();
    assertThat(printed()).contains("There are no runs.");
    begun("prod-us", 180);
    assertThat(start("resume", "--context", "prod-us")).isEqualTo(64);
    assertThat(err.toString()).contains("2 runs are unfinished");
    assertThat(printed()).contains(us).doesNotContain(eu);
    assertThat(start("resume", eu, "--context", "prod-us")).isEqualTo(64);
    assertThat(err.toString()).contains("is of another context than prod-us");
    assertThat(start("resume", "--context", "nowhere")).isEqualTo(6);
    assertThat(err.toString()).contains("no unfinished run of context nowhere");
  }

  /** Only what has no line feed was never finished. */
  @Test
  void aLastLineThatWasWrittenToItsEndAndCannotBeReadIsNoTornOne() throws IOException {
    byte[] whole = Files.readAllBytes(journal);
    for (String last : List.of("{\"v\":1,\"prev\":\"ab\n", "{\"v\":2}\n", "noise\n", "\n")) {
      Files.write(journal, whole);
      Files.writeString(journal, last, StandardOpenOption.APPEND);
      byte[] before = Files.readAllBytes(journal);
      assertThat(start("resume", Runs.name(journal))).isEqualTo(6);
      assertThat(err.toString())
          .contains(journal + ":5: this is no line of a journal")
          .contains("Nothing is done by such a journal");
      assertThat(run("show", Runs.name(journal))).isZero();
      assertThat(printed())
          .contains("this line cannot be understood", "broken at line 5")
          .doesNotContain("never finished");
      assertThat(Files.readAllBytes(journal)).as("it is not touched").isEqualTo(before);
    }
  }

  /** A line that can be read and was written after another one than that above it. */
  @Test
  void aLastLineOutOfTheChainIsNotResumed() throws IOException {
    String line =
        "{\"v\":1,\"prev\":\"%s\",\"at\":\"2026-11-21T22:00:00Z\",\"kind\":\"LEFT\",\"step\":\"\",\"data\":{}}\n";
    Files.writeString(journal, line.formatted("0".repeat(64)), StandardOpenOption.APPEND);
    assertThat(start("resume", Runs.name(journal))).isEqualTo(6);
    assertThat(err.toString()).contains(journal + ":4: this line was changed, or lines between");
  }

  @Test
  void theJournalIsShownInertWithItsClockAndItsCommands() throws IOException {
    Files.writeString(journal, "{\"v\":1,\"prev\":\"ab", StandardOpenOption.APPEND);
    assertThat(run("show", Runs.name(journal))).isZero();
    assertThat(printed())
        .contains("2026-11-21 22:00:40 +00:00  intended")
        .contains("scale deployment/coder from 3 to 0", "kubectl ", "replicas = 3")
        .contains("the clock was set back by 30 s or more between these two lines")
        .contains("this line was begun and never finished")
        .doesNotContain("\u001b");
  }

  @Test
  void anIntactJournalIsAnchoredOnlyByAHead() throws IOException {
    assertThat(run("verify", Runs.name(journal))).isEqualTo(2);
    assertThat(printed()).contains("END NOT ANCHORED", head.hash());
    assertThat(run("verify", Runs.name(journal), "--head", head.hash().toUpperCase())).isZero();
    assertThat(printed()).contains("✔ INTACT");
    assertThat(run("verify", Runs.name(journal), "--head", "0".repeat(64))).isEqualTo(1);
    assertThat(run("verify", Runs.name(journal), "--head", "nonsense")).isEqualTo(64);
  }

  @Test
  void aJournalThatWentOnSinceItsHeadWasNotedIsAnchoredUpToThere() throws IOException {
    try (JournalFile file = JournalFile.open(journal)) {
      file.append(Entry.left(AT, ""));
    }
    assertThat(run("verify", Runs.name(journal), "--head", head.hash())).isEqualTo(2);
    assertThat(printed()).contains("as it was written up to line 4");
  }

  @Test
  void aBrokenJournalIsNoAndNamesTheLine() throws IOException {
    removeLine(2);
    assertThat(run("verify", Runs.name(journal), "-o", "json")).isEqualTo(1);
    JsonNode answer = new ObjectMapper().readTree(printed());
    assertThat(answer.path("answer").asText()).isEqualTo("broken");
    assertThat(answer.path("brokenAtLine").asInt()).isEqualTo(2);
  }

  @Test
  void aCopyIsVerifiedAsTheRunThatItSaysToBe() throws IOException {
    Path copy = Files.copy(journal, state.resolve("mailed.jsonl"));
    assertThat(run("verify", copy.toString(), "--head", head.hash())).isZero();
    assertThat(printed()).contains(Runs.name(journal));
  }

  @Test
  void anOldJournalIsReadAndSaidToBeUnchained() throws IOException {
    Path old = Files.createDirectories(runs().folder().resolve("old")).resolve("journal.jsonl");
    Files.writeString(
        old, "{\"at\":\"2026-11-20T22:00:00Z\",\"kind\":\"STARTED\",\"step\":\"\",\"data\":{}}\n");
    assertThat(run("verify", "old")).isEqualTo(2);
    assertThat(printed()).contains("UNCHAINED");
    assertThat(run("show", "old")).isZero();
    assertThat(printed()).contains("started");
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThat(run("show", "yesterday")).isEqualTo(6);
    assertThat(err.toString()).contains("there is no journal 'yesterday'");
    assertThat(run()).isEqualTo(64);
  }

  private Runs runs() {
    return Runs.of(Map.of("XDG_STATE_HOME", state.toString()), state);
  }

  private void removeLine(int index) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(journal));
    lines.remove(index);
    Files.write(journal, lines);
  }

  private JsonNode listed(String run) throws IOException {
    return StreamSupport.stream(
            new ObjectMapper().readTree(printed()).path("runs").spliterator(), false)
        .filter(each -> each.path("run").asText().equals(run))
        .findFirst()
        .orElseThrow();
  }

  private int run(String... arguments) {
    List<String> words = new ArrayList<>(List.of("journal"));
    words.addAll(List.of(arguments));
    return start(words.toArray(String[]::new));
  }

  private int start(String... words) {
    out.reset();
    err.getBuffer().setLength(0);
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Start start =
        new Start(Map.of("LANG", "C.UTF-8", "XDG_STATE_HOME", state.toString()), stream, stream);
    return Lockkeeper.run(start, new PrintWriter(err, true), words);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
