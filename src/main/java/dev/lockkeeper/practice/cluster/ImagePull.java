package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** How a container gets its image: from its node, or from a registry that may not have it. */
final class ImagePull {
  private static final double COMPLAINT_SECONDS = 1.5;
  private static final int FIRST_WAIT = 10;
  private static final int LONGEST_WAIT = 300;

  private final Kubelet.Node node;
  private final String image;
  private final ContainerEvents events;
  private final BiConsumer<Double, Runnable> in;
  private final Consumer<ObjectNode> waits;
  private final Runnable there;

  /**
   * @param in does something after so many seconds, unless something else comes first
   * @param waits takes the container's state as long as the image is not there
   * @param there told when it is
   */
  ImagePull(
      Kubelet.Node node,
      String image,
      ContainerEvents events,
      BiConsumer<Double, Runnable> in,
      Consumer<ObjectNode> waits,
      Runnable there) {
    this.node = node;
    this.image = image;
    this.events = events;
    this.in = in;
    this.waits = waits;
    this.there = there;
  }

  void begin() {
    if (node.images().contains(image)) {
      events.normal("Pulled", "Container image \"" + image + "\" already present on machine");
      there.run();
      return;
    }
    pull(0);
  }

  /** Images that are not there are asked for again and again, at growing distances. */
  private void pull(int waited) {
    events.normal("Pulling", "Pulling image \"" + image + "\"");
    double seconds = 2.5 + node.random().nextDouble();
    Optional<String> trouble = node.runtime().pull(image);
    in.accept(
        seconds,
        () -> trouble.ifPresentOrElse(why -> cannotPull(why, waited), () -> pulled(seconds)));
  }

  private void cannotPull(String why, int waited) {
    events.warning("Failed", "Failed to pull image \"" + image + "\": " + why);
    events.warning("Failed", "Error: ErrImagePull");
    waits.accept(ContainerState.waiting("ErrImagePull", why));
    int wait = waited == 0 ? FIRST_WAIT : Math.min(LONGEST_WAIT, waited * 2);
    in.accept(COMPLAINT_SECONDS, () -> backOff(wait));
  }

  private void backOff(int wait) {
    String message = "Back-off pulling image \"" + image + "\"";
    events.normal("BackOff", message);
    events.warning("Failed", "Error: ImagePullBackOff");
    waits.accept(ContainerState.waiting("ImagePullBackOff", message));
    in.accept((double) wait, () -> pull(wait));
  }

  private void pulled(double seconds) {
    node.images().add(image);
    waits.accept(ContainerState.waiting("ContainerCreating"));
    events.normal(
        "Pulled",
        "Successfully pulled image \"%s\" in %.3fs (%.3fs including waiting)."
                .formatted(image, seconds, seconds)
            + " Image size: 148237561 bytes.");
    there.run();
  }
}
