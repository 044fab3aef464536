package dev.lockkeeper.view;

import dev.lockkeeper.snapshot.Pod;
import java.util.Set;

/** What a pod is doing, in one word that an operator knows from kubectl. */
enum PodState {
  READY("✔", "Ready", Style.GOOD),
  /** It has no running container yet, and nothing speaks against it. */
  STARTING("◌", "Starting", Style.WARN),
  /** It runs and does not answer yet: connecting, migrating, or waiting for its turn. */
  NOT_READY("○", "not Ready", Style.WARN),
  TERMINATING("◐", "Terminating", Style.WARN),
  CRASH_LOOP("✖", "CrashLoop", Style.BAD),
  /** Its container cannot be started: no image, no secret. */
  STUCK("✖", "stuck", Style.BAD),
  FAILED("✖", "Failed", Style.BAD),
  ENDED("·", "ended", Style.DIM),
  UNKNOWN("?", "unknown", Style.UNKNOWN);

  private static final Set<String> USUAL = Set.of("", "ContainerCreating", "PodInitializing");

  private final String glyph;
  private final String word;
  private final Style style;

  PodState(String glyph, String word, Style style) {
    this.glyph = glyph;
    this.word = word;
    this.style = style;
  }

  static PodState of(Pod pod) {
    if (pod.terminating()) {
      return TERMINATING;
    }
    if (pod.waiting().equals("CrashLoopBackOff")) {
      return CRASH_LOOP;
    }
    if (!USUAL.contains(pod.waiting())) {
      return STUCK;
    }
    return switch (pod.phase()) {
      case "Running" -> pod.ready() ? READY : NOT_READY;
      case "Pending" -> STARTING;
      case "Failed" -> FAILED;
      case "Succeeded" -> ENDED;
      default -> UNKNOWN;
    };
  }

  String word() {
    return word;
  }

  Style style() {
    return style;
  }

  Line line() {
    return Line.of(glyph + " " + word, style);
  }
}
