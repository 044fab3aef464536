package dev.lockkeeper.kubernetes;

import dev.lockkeeper.helm.HelmProgram;
import java.io.IOException;
import java.nio.file.Path;

/** The contract with the operator's own Helm on the practice API server. */
class OwnHelmInPracticeTest extends HelmDoorContract {
  @Override
  HelmProgram program() {
    return HelmByHand.own();
  }

  @Override
  HelmPlace place(Path directory) throws IOException {
    return new PracticePlace(directory);
  }
}
