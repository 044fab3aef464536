package dev.lockkeeper.snapshot;

/**
 * A Service and how it is reached.
 *
 * @param name its name
 * @param type such as {@code LoadBalancer}
 * @param address the addresses or host names that a load balancer gave it, else the one inside the
 *     cluster; empty while it has none
 * @param leaving whether it was asked to go
 */
public record ServiceAddress(String name, String type, String address, boolean leaving) {
  /** Whether somebody outside of the cluster may know it. */
  public boolean isPublic() {
    return type.equals("LoadBalancer") || type.equals("NodePort");
  }

  /** In a few words. */
  public String spoken() {
    return "%s %s %s%s"
        .formatted(
            name,
            type,
            address.isEmpty() ? "without an address" : address,
            leaving ? " (going)" : "");
  }
}
