package dev.lockkeeper.action;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.ServiceAddress;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.snapshot.ValuesFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Let Helm take the whole release away, to install it again (C60). */
public record UninstallRelease() implements HelmAction {
  private static final int NAMED = 12;

  @Override
  public String word() {
    return "uninstall-release";
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    return HelmGround.on(snapshot, UninstallRelease::planned);
  }

  private static Proposal planned(HelmGround ground) {
    Optional<ValuesFile> values = ground.helm().values().filter(ValuesFile::usable);
    return values
        .map(file -> Proposal.of(plan(ground, file)))
        .orElseGet(
            () ->
                Proposal.none("its values are in no file yet, and would be gone with the release"));
  }

  private static Plan plan(HelmGround ground, ValuesFile values) {
    List<String> objects = ground.release().objects();
    return new Plan(
        new UninstallRequest(
            ground.place(), ground.release().chart().version(), addresses(ground), ground.named()),
        Risk.IRREVERSIBLE,
        List.of(
            "%s gone, and nobody can use Coder: %s%s"
                .formatted(
                    Durations.count(objects.size(), "object"),
                    String.join(", ", objects.subList(0, Math.min(NAMED, objects.size()))),
                    objects.size() > NAMED ? ", …" : ""),
            "the public address is lost with the Service that has it, and may be another one"
                + " afterwards",
            "Helm's history of this release goes too; your values are in " + values.path(),
            database(objects)),
        "the way back is to install it again, from " + values.path(),
        ground.phrase());
  }

  /** A chart of v1 may bring a database of its own. */
  private static String database(List<String> objects) {
    String kept =
        objects.stream()
            .filter(
                each ->
                    each.startsWith("StatefulSet ") || each.startsWith("PersistentVolumeClaim "))
            .collect(Collectors.joining(", "));
    return kept.isEmpty()
        ? "the database is no part of this release, and is not touched"
        : "%s goes too: if your database is there, only the snapshot brings it back"
            .formatted(kept);
  }

  private static String addresses(HelmGround ground) {
    return ground.cluster().helm().services().value().stream()
        .flatMap(List::stream)
        .filter(ServiceAddress::isPublic)
        .map(ServiceAddress::spoken)
        .collect(Collectors.joining(", "));
  }
}
