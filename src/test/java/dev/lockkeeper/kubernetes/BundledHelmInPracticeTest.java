package dev.lockkeeper.kubernetes;

import dev.lockkeeper.helm.HelmProgram;
import java.io.IOException;
import java.nio.file.Path;

/** The contract with the bundled Helm on the practice API server. */
class BundledHelmInPracticeTest extends HelmDoorContract {
  @Override
  HelmProgram program() {
    return HelmByHand.bundled();
  }

  @Override
  HelmPlace place(Path directory) throws IOException {
    return new PracticePlace(directory);
  }
}
