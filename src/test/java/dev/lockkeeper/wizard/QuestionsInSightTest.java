package dev.lockkeeper.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.files.Runbooks;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.view.Screens;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is answered is in sight when it can be answered, also on small screens. */
class QuestionsInSightTest {
  private static List<Step> steps() {
    return Runbooks.names().stream().flatMap(name -> RunbookFile.bundled(name).steps()).toList();
  }

  private static String words(State state, int columns, int rows) {
    return Screens.render(state, columns, rows).text().replaceAll("[\\s│]+", " ");
  }

  /** The words of the box that has this title, without the screen behind it. */
  private static String box(State state, String title, int columns, int rows) {
    List<String> lines = Screens.render(state, columns, rows).text().lines().toList();
    int left = lines.stream().mapToInt(line -> line.indexOf("┌─ " + title)).max().orElseThrow();
    return lines.stream()
        .dropWhile(line -> !line.contains("┌─ " + title))
        .skip(1)
        .takeWhile(line -> !line.startsWith("└─", left))
        .map(line -> line.substring(left + 1, line.indexOf("│", left + 1)))
        .collect(Collectors.joining(" "))
        .replaceAll("\\s+", " ");
  }

  @ParameterizedTest
  @CsvSource({"80, 24", "60, 20", "120, 40"})
  void theOptionThatEnterWouldTakeIsInSightToItsEnd(int columns, int rows) {
    State state = Story.begins().state();
    int seen = 0;
    for (Step step : steps()) {
      List<Step.Option> options = step.choice().map(Step.Choice::options).orElse(List.of());
      for (int i = 0; i < options.size(); i++) {
        State asked = state.asking(new Dialog.Choose(step, i, ""));
        for (State scrolled : List.of(asked, asked.scrolled(50))) {
          List<String> lines = options.get(i).consequences();
          String screen = box(scrolled, step.id(), columns, rows);
          assertThat(screen).as(step.id()).contains("▶ " + options.get(i).title());
          assertThat(screen).as(step.id()).contains(lines.get(lines.size() - 1));
          seen++;
        }
      }
    }
    assertThat(seen).isGreaterThan(20);
  }

  @ParameterizedTest
  @CsvSource({"80, 24", "60, 20", "120, 40"})
  void aQuestionIsInSightWithItsField(int columns, int rows) {
    State state = Story.begins().state();
    for (Step step : steps()) {
      for (int i = 0; i < step.questions().size(); i++) {
        State asked = state.asking(Dialog.Ask.put(state, step, i));
        String screen = words(asked, columns, rows);
        assertThat(screen).contains(step.questions().get(i).prompt()).contains("> _");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"80, 24", "60, 20"})
  void aQuestionAboutAnActIsLiveOnlyWhenItsEndWasInSight(int columns, int rows) {
    Stream.of(Chapters.asksToScaleDown(), Chapters.asksToMigrate(), Chapters.asksToScaleBack())
        .forEach(
            story -> {
              State asked = anew(story.state());
              String end = last(asked.confirm().orElseThrow());
              boolean live = Screens.readToItsEnd(asked, columns, rows).isPresent();
              assertThat(words(asked, columns, rows).contains(end)).isEqualTo(live);
              State scrolled = asked.scrolled(50);
              assertThat(Screens.readToItsEnd(scrolled, columns, rows)).isPresent();
              assertThat(words(scrolled, columns, rows)).contains(end);
            });
  }

  private static State anew(State state) {
    Dialog.Confirm asked = state.confirm().orElseThrow();
    Dialog.Confirm put =
        Dialog.Confirm.put(asked.step(), asked.plan(), state.now(), asked.look(), "");
    return state.asking(put.rehearsed(asked.rehearsal().orElseThrow()));
  }

  /** What the server said last stands at the end. */
  private static String last(Dialog.Confirm asked) {
    List<String> lines = asked.rehearsal().orElseThrow().lines();
    return lines.get(lines.size() - 1);
  }
}
