package dev.lockkeeper.kubernetes;

import dev.lockkeeper.helm.HelmProgram;
import java.nio.file.Path;

/** The contract with the operator's own Helm on a real cluster. */
class OwnHelmInClusterTest extends HelmDoorContract {
  @Override
  HelmProgram program() {
    return HelmByHand.own();
  }

  @Override
  HelmPlace place(Path directory) {
    return RealPlace.open();
  }
}
