package dev.lockkeeper.action;

/**
 * The port of a sitting that has no Helm.
 *
 * @param reason why there is none
 */
public record NoHelm(String reason) implements HelmOperations {
  @Override
  public Outcome run(HelmRequest request) {
    return Outcome.refused(reason);
  }

  @Override
  public Outcome saveValues(ValuesRequest request) {
    return Outcome.refused(reason);
  }

  @Override
  public Outcome add(RepositoryRequest request) {
    return Outcome.refused(reason);
  }

  @Override
  public Rehearsal rehearse(HelmRequest request) {
    return Rehearsal.refused(reason);
  }
}
