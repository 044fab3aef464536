package dev.lockkeeper.live;

import dev.lockkeeper.action.EvidenceOperations;
import dev.lockkeeper.action.EvidenceRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.analysis.Bytes;
import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.bundle.Bundle;
import dev.lockkeeper.bundle.Item;
import dev.lockkeeper.bundle.Missing;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.files.EvidenceFolder;
import dev.lockkeeper.kubernetes.watch.EvidenceReader;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Inspected;
import dev.lockkeeper.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Keeps the evidence in the folder of a run: what was seen at once, then what is read of it.
 *
 * @param run the run's folder
 * @param seen what was seen when it was asked for
 * @param reading makes what reads the cluster
 * @param progress takes how far it is
 */
record EvidenceDesk(
    Path run,
    Snapshot seen,
    Knowledge knowledge,
    Function<Consumer<Inspected>, EvidenceReader> reading,
    Consumer<String> progress)
    implements EvidenceOperations {
  /** The journal names so many; all are in the index. */
  private static final int MOST_NAMED = 12;

  @Override
  public Outcome keep(EvidenceRequest request) {
    try {
      EvidenceFolder folder = EvidenceFolder.begin(run);
      return new Keeping(folder).keep();
    } catch (IOException e) {
      return Outcome.refused("nothing is kept, the folder cannot be written: " + Reasons.of(e));
    }
  }

  /** One folder that is being filled: what was read is on disk before the next is asked for. */
  private final class Keeping {
    private final EvidenceFolder folder;
    private Bundle bundle = Bundle.of(seen, knowledge);
    private Optional<IOException> failed = Optional.empty();

    Keeping(EvidenceFolder folder) {
      this.folder = folder;
    }

    Outcome keep() throws IOException {
      for (Item item : bundle.items()) {
        folder.add(item);
      }
      seen.cluster().value().ifPresent(this::read);
      if (failed.isPresent()) {
        throw failed.get();
      }
      Item index = bundle.index();
      folder.add(index);
      String missing =
          bundle.missing().isEmpty()
              ? "nothing is missing"
              : Durations.count(bundle.missing().size(), "thing") + " missing";
      return Outcome.done(
              "%s, %s, in %s; %s; INDEX.txt has SHA-256 %s"
                  .formatted(
                      Durations.count(bundle.items().size(), "file"),
                      Bytes.of(bundle.size()),
                      folder.path(),
                      missing,
                      index.sha256()))
          .with(parts());
    }

    private void read(Cluster cluster) {
      int beyond = reading.apply(this::add).read(cluster, this::tell);
      if (beyond > 0) {
        bundle = bundle.without(Durations.count(beyond, "further pod"), "only so many are read");
      }
    }

    private void tell(String word) {
      progress.accept("%s, %s so far".formatted(word, Bytes.of(bundle.size())));
    }

    private void add(Inspected read) {
      int before = bundle.items().size();
      bundle = bundle.with(read);
      try {
        for (Item item : bundle.items().subList(before, bundle.items().size())) {
          folder.add(item);
        }
      } catch (IOException e) {
        failed = failed.or(() -> Optional.of(e));
      }
    }

    /** What is missing first: whoever reads it can still fetch that by hand. */
    private List<String> parts() {
      List<String> parts = new ArrayList<>();
      bundle.missing().stream().map(Missing::line).map("missing: "::concat).forEach(parts::add);
      bundle.items().forEach(item -> parts.add(kept(item)));
      return parts.size() <= MOST_NAMED
          ? parts
          : more(parts.subList(0, MOST_NAMED), parts.size() - MOST_NAMED);
    }

    private List<String> more(List<String> named, int further) {
      List<String> lines = new ArrayList<>(named);
      lines.add("and %d more: INDEX.txt has them all".formatted(further));
      return lines;
    }

    private String kept(Item item) {
      return "%s, %d bytes, SHA-256 %s".formatted(item.name(), item.bytes().length, item.sha256());
    }
  }
}
