package dev.lockkeeper.app;

import dev.lockkeeper.analysis.ReleaseLookup;
import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.coder.ChartRepository;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.helm.HelmConfig;
import dev.lockkeeper.helm.HelmProgram;
import dev.lockkeeper.helm.HelmSource;
import dev.lockkeeper.live.Reasons;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.trust.Scratch;
import dev.lockkeeper.trust.Trusted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What can be found out about Helm in a few seconds: which one there is, and whether the chart can
 * be had. No run of it is there or begun.
 *
 * @param folder where helm may unpack what it needs; it goes with this
 * @param repository where the chart comes from
 * @param deadline when nobody waits for it any more, by the clock of {@link System#nanoTime}
 * @param source the looking
 */
record HelmProbe(Path folder, String repository, long deadline, HelmSource source)
    implements AutoCloseable {
  /** How long it is waited for, from its beginning on; the bundled helm is slow to start. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  static HelmProbe of(
      Map<String, String> environment,
      Target target,
      Optional<String> version,
      Consumer<Observed<Helm>> sink)
      throws Failure {
    try {
      Path folder = Scratch.CHECK.in(Trusted.temporary());
      String repository = target.helmRepository().orElse(ChartRepository.V2);
      String chart =
          version
              .flatMap(CoderVersion::parse)
              .map(wanted -> wanted.toString().replaceFirst("^v", ""))
              .orElse("");
      HelmConfig desk =
          new HelmConfig(
              HelmProgram.find(environment), folder, repository, chart, target.values(), () -> "");
      return new HelmProbe(
          folder, repository, System.nanoTime() + PATIENCE.toNanos(), new HelmSource(desk, sink));
    } catch (IOException e) {
      throw new Failure(ExitCode.UNKNOWN, "no folder for helm: " + Reasons.of(e));
    }
  }

  /** Whether something is still to come, and waited for, that the answers turn on. */
  boolean outstanding(Snapshot seen) {
    if (System.nanoTime() > deadline) {
      return false;
    }
    Optional<Helm> helm = seen.freshHelm();
    boolean charts = ReleaseLookup.isNoted(seen) && seen.run().target().isPresent();
    return helm.isEmpty() || charts && helm.get().usable() && helm.get().chart().isPending();
  }

  /** What was seen, where what did not come in time says so. */
  Observed<Helm> inTime(Observed<Helm> seen) {
    if (seen.isPending()) {
      return Observed.unknown(
          "helm did not tell its version within %d s".formatted(PATIENCE.toSeconds()),
          SteadyClock.now());
    }
    return seen.map(
        helm ->
            helm.chart().isPending()
                ? helm.with(
                    Observed.unknown(
                        "%s did not answer within %d s: is HTTPS_PROXY needed here, or another --helm-repository?"
                            .formatted(repository, PATIENCE.toSeconds()),
                        SteadyClock.now()))
                : helm);
  }

  @Override
  public void close() {
    source.close();
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // A helm that does not end leaves a folder, which the next start of any command removes.
    }
  }
}
