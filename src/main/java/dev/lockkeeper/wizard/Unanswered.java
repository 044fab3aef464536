package dev.lockkeeper.wizard;

import java.util.Optional;

/** A question as it is put, without what was typed or moved so far, or was shown already. */
record Unanswered() implements Dialog.Cases<Dialog> {
  @Override
  public Dialog confirm(Dialog.Confirm asked) {
    return new Dialog.Confirm(
        asked.step(),
        asked.plan(),
        TypedLine.EMPTY,
        false,
        asked.opened(),
        Optional.empty(),
        false,
        asked.rehearsal(),
        Dialog.Confirm.Look.NONE,
        "");
  }

  @Override
  public Dialog ask(Dialog.Ask asked) {
    return new Dialog.Ask(asked.step(), asked.index(), TypedLine.EMPTY, "", Optional.empty());
  }

  @Override
  public Dialog choose(Dialog.Choose asked) {
    return asked.on(Dialog.Choose.NONE, "");
  }

  @Override
  public Dialog reason(Dialog.Reason asked) {
    return asked.typing(TypedLine.EMPTY, "");
  }

  @Override
  public Dialog forgive(Dialog.Forgive asked) {
    return asked.typing(TypedLine.EMPTY, "");
  }

  @Override
  public Dialog leave(Dialog.Leave asked) {
    return new Dialog.Leave(false, Optional.empty());
  }

  @Override
  public Dialog help(Dialog.Help asked) {
    return asked;
  }
}
