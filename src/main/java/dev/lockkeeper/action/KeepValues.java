package dev.lockkeeper.action;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;

/** Keep the operator's own values in a file on this machine (C55). */
public record KeepValues() implements HelmAction {
  @Override
  public String word() {
    return "keep-values";
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    return HelmGround.on(snapshot, KeepValues::planned);
  }

  private static Proposal planned(HelmGround ground) {
    if (ground.own().file().isPresent() || ground.own().revision() == 0) {
      return Proposal.none(
          ground.own().trouble().isEmpty()
              ? "your values are in " + ground.own().spoken()
              : ground.own().trouble());
    }
    int revision = ground.own().revision();
    String file = ground.helm().kept(revision);
    ValuesRequest request = new ValuesRequest(ground.place(), revision, file);
    return Proposal.of(
        new Plan(
            request,
            Risk.SAFE,
            List.of(
                "the file has all of them, passwords too; only you may read it",
                "if you edit it, helm gets what you wrote; left alone, helm takes those of revision %d"
                    .formatted(revision)),
            request.undo(),
            ground.phrase()));
  }
}
