package dev.lockkeeper.kubernetes;

import dev.lockkeeper.helm.HelmProgram;
import java.nio.file.Path;

/** The contract with the bundled Helm on a real cluster. */
class BundledHelmInClusterTest extends HelmDoorContract {
  @Override
  HelmProgram program() {
    return HelmByHand.bundled();
  }

  @Override
  HelmPlace place(Path directory) {
    return RealPlace.open();
  }
}
