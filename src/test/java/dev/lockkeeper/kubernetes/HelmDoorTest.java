package dev.lockkeeper.kubernetes;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lockkeeper.helm.HelmProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/**
 * The contract with each Helm at each place: the bundled one, and the operator's own, which is the
 * first in PATH or what {@code -Dlockkeeper.test.helm} names; on the practice API server, and in a
 * namespace of its own on the cluster that LOCKKEEPER_IT_KUBECONFIG names.
 */
class HelmDoorTest {
  private static HelmProgram bundled() {
    Optional<HelmProgram> program = HelmProgram.bundled();
    assumeThat(program).isPresent();
    return program.get();
  }

  private static HelmProgram own() {
    Optional<Path> named =
        Optional.ofNullable(System.getProperty("lockkeeper.test.helm"))
            .map(Path::of)
            .or(() -> HelmProgram.find(System.getenv()).flatMap(HelmProgram::path));
    assumeThat(named).isPresent();
    return new HelmProgram(named);
  }

  private static HelmPlace cluster() {
    Optional<Path> kubeconfig = RealPlace.named();
    assumeThat(kubeconfig).isPresent();
    return new RealPlace(kubeconfig.get());
  }

  @Nested
  class TheBundledHelmInPractice extends HelmDoorContract {
    @Override
    HelmProgram program() {
      return bundled();
    }

    @Override
    HelmPlace place(Path directory) throws IOException {
      return new PracticePlace(directory);
    }
  }

  @Nested
  class TheOperatorsHelmInPractice extends HelmDoorContract {
    @Override
    HelmProgram program() {
      return own();
    }

    @Override
    HelmPlace place(Path directory) throws IOException {
      return new PracticePlace(directory);
    }
  }

  @Nested
  class TheBundledHelmInACluster extends HelmDoorContract {
    @Override
    HelmProgram program() {
      return bundled();
    }

    @Override
    HelmPlace place(Path directory) {
      return cluster();
    }
  }

  @Nested
  class TheOperatorsHelmInACluster extends HelmDoorContract {
    @Override
    HelmProgram program() {
      return own();
    }

    @Override
    HelmPlace place(Path directory) {
      return cluster();
    }
  }
}
