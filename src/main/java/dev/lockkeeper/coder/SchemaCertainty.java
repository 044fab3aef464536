package dev.lockkeeper.coder;

/** How well a release's schema number is known. */
public enum SchemaCertainty {
  /** Read off the files of the release's own tag. */
  EXACT,
  /** The number of its neighbours in the line; patches of a line nearly always share one. */
  INFERRED,
  /** Only a lower bound is known: the true number may be higher. */
  AT_LEAST
}
