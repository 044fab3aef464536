package dev.lockkeeper.action;

/**
 * What can be changed in the cluster: a method for each kind of request. An implementation sends
 * one write at most, lets the API server test that the target and its old value are still those of
 * the request, and never throws: whatever happens becomes an {@link Outcome}.
 */
public interface ClusterOperations {
  /** Changes the replica count through the Deployment's {@code scale} subresource. */
  Outcome scale(ScaleRequest request);

  /** Changes the image of the coderd container. */
  Outcome setImage(ImageRequest request);
}
