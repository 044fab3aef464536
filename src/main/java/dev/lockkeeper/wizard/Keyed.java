package dev.lockkeeper.wizard;

import java.util.Optional;

/**
 * What a key makes of a question on a screen that is answered by keys: a part of an answer, which
 * the question shows from then on, or the answer.
 *
 * @param question the question with what was typed or moved so far
 * @param reply the answer, when the key completes it
 */
record Keyed(Dialog question, Optional<Reply> reply) {
  static Keyed by(KeyInput stroke, Dialog question) {
    return stroke.escapes() ? answered(question, Reply.cancel()) : question.match(new Keys(stroke));
  }

  private static Keyed so(Dialog question) {
    return new Keyed(question, Optional.empty());
  }

  private static Keyed answered(Dialog question, Reply reply) {
    return new Keyed(question, Optional.of(reply));
  }

  /** One case for each kind of question; to escape has been dealt with. */
  private record Keys(KeyInput stroke) implements Dialog.Cases<Keyed> {
    @Override
    public Keyed confirm(Dialog.Confirm asked) {
      return switch (asked.risk()) {
        case SAFE -> stroke.enters() ? answered(asked, Reply.yes()) : so(asked);
        case DISRUPTIVE ->
            // A key that means nothing here, as a pasted text is full of, takes the focus back.
            stroke.enters()
                ? answered(asked, asked.go() ? Reply.yes() : Reply.cancel())
                : so(asked.focused(stroke.toggles() && !asked.go()));
        case IRREVERSIBLE ->
            stroke.enters()
                ? answered(asked, Reply.typed(asked.line().text()))
                : so(asked.typing(asked.line().after(stroke.key())));
      };
    }

    @Override
    public Keyed ask(Dialog.Ask asked) {
      return stroke.enters()
          ? answered(asked, Reply.typed(asked.line().text()))
          : so(asked.typing(asked.line().after(stroke.key()), ""));
    }

    @Override
    public Keyed choose(Dialog.Choose asked) {
      if (stroke.enters()) {
        return answered(asked, Reply.chosen(asked.index()));
      }
      int by =
          switch (stroke.key().name()) {
            case DOWN, RIGHT, TAB -> 1;
            case UP, LEFT, BACK_TAB -> -1;
            default -> 0;
          };
      int from = asked.index() == Dialog.Choose.NONE && by < 0 ? 0 : asked.index();
      int count = asked.options().size();
      return so(asked.on(by == 0 ? from : Math.floorMod(from + by, count), ""));
    }

    @Override
    public Keyed reason(Dialog.Reason asked) {
      return stroke.enters()
          ? answered(asked, Reply.typed(asked.line().text()))
          : so(asked.typing(asked.line().after(stroke.key()), ""));
    }

    @Override
    public Keyed forgive(Dialog.Forgive asked) {
      return stroke.enters()
          ? answered(asked, Reply.typed(asked.line().text()))
          : so(asked.typing(asked.line().after(stroke.key()), ""));
    }

    @Override
    public Keyed leave(Dialog.Leave asked) {
      if (stroke.toggles()) {
        return so(asked.focused(!asked.go()));
      }
      return stroke.enters()
          ? answered(asked, asked.go() ? Reply.yes() : Reply.cancel())
          : so(asked);
    }

    @Override
    public Keyed help(Dialog.Help asked) {
      return answered(asked, Reply.cancel());
    }
  }
}
