package dev.lockkeeper.runbook;

import dev.lockkeeper.action.Action;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Guard;
import dev.lockkeeper.reading.StepInfo;
import java.util.List;
import java.util.Optional;

/**
 * One step.
 *
 * @param id its number, such as {@code 3.2}
 * @param title a few words
 * @param why what it is for and what is at stake, in two or three sentences
 * @param when the choice under which the step applies; always when empty
 * @param already under what the step is over without being done, as long as this run has done
 *     nothing: somebody else has begun
 * @param before what must or should hold before it
 * @param readings what to show while it stands on the screen
 * @param questions what only a human can say: the wizard asks for the value seen
 * @param choice what the operator decides here
 * @param action what the wizard does here, once confirmed
 * @param after what must be observed before the step is done
 * @param covers the rows of docs/COVERAGE.md that it covers
 */
public record Step(
    String id,
    String title,
    String why,
    Optional<Condition> when,
    Optional<Check> already,
    List<Guard> before,
    List<StepInfo> readings,
    List<Question> questions,
    Optional<Choice> choice,
    Optional<Action> action,
    List<Check> after,
    List<String> covers) {
  public Step {
    before = List.copyOf(before);
    readings = List.copyOf(readings);
    questions = List.copyOf(questions);
    after = List.copyOf(after);
    covers = List.copyOf(covers);
  }

  /**
   * A step that applies only under a choice.
   *
   * @param choice the choice's word
   * @param option the option that must have been chosen
   */
  public record Condition(String choice, String option) {}

  /**
   * Something that only a human can say.
   *
   * @param word the name under which the answer is kept
   * @param prompt what is asked
   * @param format how the answer must look
   * @param hint an example
   * @param after the question whose answer is a time that this one must come after, if there is one
   * @param unless what is asked only while this cannot be seen, if it can be seen at all
   */
  public record Question(
      String word,
      String prompt,
      AnswerFormat format,
      String hint,
      Optional<String> after,
      Optional<Check> unless) {}

  /**
   * A decision.
   *
   * @param word the name under which it is kept
   * @param options two or more
   */
  public record Choice(String word, List<Option> options) {
    public Choice {
      options = List.copyOf(options);
    }
  }

  /**
   * One way to decide.
   *
   * @param value the word that is kept
   * @param title a few words
   * @param consequences what follows from it, a line each
   * @param allowed what must not fail for it to be chosen
   */
  public record Option(String value, String title, List<String> consequences, List<Check> allowed) {
    public Option {
      consequences = List.copyOf(consequences);
      allowed = List.copyOf(allowed);
    }
  }
}
