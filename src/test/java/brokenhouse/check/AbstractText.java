package brokenhouse.check;

/** A base class. */
abstract class AbstractText {}
