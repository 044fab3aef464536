package brokenhouse.snapshot;

/** An interface whose facts are all known: this is allowed. */
sealed interface Sealed permits Sealed.Only {
  /** The one. */
  record Only() implements Sealed {}
}
