package dev.lockkeeper.action;

/**
 * What can be done by a helm that is run. An implementation starts one run at most for each
 * request, lets it live on when this program dies, and never throws: whatever happens becomes an
 * {@link Outcome}.
 */
public interface HelmOperations {
  /**
   * Starts helm, unless the release has another revision than the request says, or the file of its
   * values another content. It comes back when the run has ended, or when it is clear that it takes
   * longer; then it is done as far as this port is concerned, and the run is followed by what is
   * seen of it.
   */
  Outcome run(HelmRequest request);

  /** Writes the values of a revision to a file that is not there yet. */
  Outcome saveValues(ValuesRequest request);

  /** Lets the operator's own helm know a chart repository. */
  Outcome add(RepositoryRequest request);

  /**
   * Lets helm render the same without writing anything. What a webhook would say, or that a field
   * belongs to somebody else, shows in the run only.
   */
  Rehearsal rehearse(HelmRequest request);
}
