package dev.lockkeeper.analysis;

import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Pod;
import java.util.List;
import java.util.Optional;

/**
 * Where a session comes from. A backend outlives a client that was killed until its statement ends:
 * whoever waits for it waits for nobody. That no pod has its address does not make it one.
 *
 * @param kind whether its client is there, and how surely that is known
 * @param pod the pod that it is, was, or may be of
 * @param why what it was concluded from
 * @param alike what else would look the same; empty when nothing would
 */
public record Origin(Kind kind, Optional<Pod> pod, String why, List<String> alike) {
  public enum Kind {
    /** A pod of the Deployment. */
    POD,
    /** Of Coder's role and at no pod's address; its client was seen to speak lately. */
    LIVES,
    /** Of Coder's role and at no pod's address; a pod may be behind it that has no session. */
    RELAYED,
    /** Its client has ended: that was seen. */
    GONE,
    /** Its client has most likely ended. */
    LIKELY_GONE,
    /** Of Coder's role; whether its client is there is not known. */
    UNTOLD,
    /** Another client, or one that cannot be told. */
    OTHER
  }

  public Origin {
    alike = List.copyOf(alike);
  }

  static Origin told(Kind kind, Optional<Pod> pod, String why) {
    return new Origin(kind, pod, why, List.of());
  }

  /** Whether its client has ended, surely or most likely. */
  public boolean gone() {
    return kind == Kind.GONE || kind == Kind.LIKELY_GONE;
  }

  /** Whether that is certain. */
  public boolean proven() {
    return kind == Kind.GONE;
  }

  /** Whose it is, in a few words. */
  public String describe(Backend backend) {
    String of = pod.map(Pod::name).orElseGet(() -> stranger(backend));
    return switch (kind) {
      case POD -> pod.map(each -> each.name() + ", " + version(each)).orElse(of);
      case GONE -> of + ", its container has ended";
      case LIKELY_GONE -> of + ", its client likely gone";
      case RELAYED -> stranger(backend) + pod.map(each -> ", maybe " + each.name()).orElse("");
      case LIVES, UNTOLD, OTHER -> stranger(backend);
    };
  }

  public static String version(Pod pod) {
    return CoderVersion.ofImage(pod.image()).map(Object::toString).orElse(pod.image());
  }

  private static String stranger(Backend backend) {
    String role = backend.user().isEmpty() ? backend.client().type().orElse("?") : backend.user();
    String tool = backend.application().isBlank() ? "" : " by " + backend.application();
    return role + tool + backend.address().map(at -> " at " + at).orElse("");
  }
}
