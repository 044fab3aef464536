package dev.lockkeeper.view;

import dev.lockkeeper.action.Risk;
import dev.lockkeeper.wizard.Dialog;
import dev.lockkeeper.wizard.State;
import java.util.List;

/**
 * A question as any display can put it: all of its text is inert, and how it is drawn, printed or
 * read out is the display's own affair.
 *
 * @param risk how grave it is to say yes
 * @param title its name
 * @param note what stands beside the title; empty where there is nothing
 * @param body what is told, wrapped
 * @param form how it wants to be answered
 */
public record ShownQuestion(Risk risk, Line title, Line note, List<Line> body, AnswerForm form) {
  public ShownQuestion {
    body = List.copyOf(body);
  }

  /**
   * The question of this dialog.
   *
   * @param width how many columns a line may take
   */
  public static ShownQuestion of(Dialog dialog, State state, int width) {
    return dialog.match(new Questions(state, width));
  }

  static ShownQuestion harmless(Line title, String note, List<Line> body, AnswerForm form) {
    return new ShownQuestion(Risk.SAFE, title, Line.of(note, Style.DIM), body, form);
  }
}
