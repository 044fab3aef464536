package dev.lockkeeper.kubernetes;

import java.nio.file.Path;
import java.util.List;

/** A namespace of its own in some cluster, in which a contract may do what it likes. */
interface HelmPlace extends AutoCloseable {
  /** The namespace, which is gone when this is closed. */
  String namespace();

  /** Whose user may do everything in the namespace. */
  Path kubeconfig();

  /**
   * The token of somebody who may do this with Secrets, and nothing else.
   *
   * @param verbs nothing, or {@code list}
   */
  String tokenFor(List<String> verbs);

  @Override
  void close();
}
