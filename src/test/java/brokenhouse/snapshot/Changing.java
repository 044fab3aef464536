package brokenhouse.snapshot;

/** A fact that can change under the reader. */
class Changing {
  int value;
}
