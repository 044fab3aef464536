package dev.lockkeeper.action;

import dev.lockkeeper.snapshot.PinnedContext;
import java.util.Map;
import java.util.Optional;

/** Change one thing of one container of a Deployment. */
public sealed interface ContainerRequest extends Request
    permits ImageRequest, MemoryRequest, ProbeRequest {
  /** Its context and namespace. */
  PinnedContext at();

  /** The Deployment's name. */
  String deployment();

  /** The Deployment's uid. */
  String uid();

  /**
   * The Deployment's generation when it was seen: any change of its specification since then
   * refuses the request.
   */
  long generation();

  /** The container's name. */
  String container();

  /** What was seen, as text; empty for nothing. */
  String before();

  /** What is wanted, as text; empty for nothing. */
  String after();

  /** Its namespace. */
  default String namespace() {
    return at().namespace();
  }

  @Override
  default Optional<PinnedContext> pinned() {
    return Optional.of(at());
  }

  @Override
  default Map<String, String> identity() {
    return Map.of(
        RequestKind.KEY,
        kind().word(),
        "namespace",
        namespace(),
        "deployment",
        deployment(),
        "uid",
        uid(),
        "generation",
        Long.toString(generation()),
        "container",
        container(),
        "from",
        before(),
        "to",
        after());
  }
}
