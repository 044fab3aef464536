package dev.lockkeeper.action;

import dev.lockkeeper.check.helm.HelmIsAtHand;
import dev.lockkeeper.coder.ChartRepository;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRepository;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** Let the operator's own helm know where Coder's charts are (C50, C54). */
public record AddRepository() implements HelmAction {
  @Override
  public String word() {
    return "add-repository";
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Helm> helm = HelmIsAtHand.fresh(snapshot).filter(Helm::own);
    if (helm.isEmpty()) {
      return Proposal.none("you have no helm on this machine");
    }
    Optional<List<HelmRepository>> known = helm.get().charts().repositories();
    if (known.isEmpty()) {
      return Proposal.none("which repositories your helm knows was not read yet");
    }
    RepositoryRequest request =
        new RepositoryRequest(name(helm.get(), known.get()), helm.get().repository());
    return Proposal.of(
        new Plan(
            request,
            Risk.SAFE,
            List.of(
                "only the list of repositories on this machine changes",
                "the wizard itself names the repository by its URL, and does not need it"),
            request.undo(),
            snapshot.cluster().value().map(seen -> seen.identity().phrase()).orElse("")));
  }

  /** The usual name, unless it is that of another repository already. */
  private static String name(Helm helm, List<HelmRepository> known) {
    String usual = ChartRepository.isOfV1(helm.repository()) ? "coder" : "coder-v2";
    boolean taken = known.stream().anyMatch(each -> each.name().equals(usual));
    return taken ? usual + "-lockkeeper" : usual;
  }
}
