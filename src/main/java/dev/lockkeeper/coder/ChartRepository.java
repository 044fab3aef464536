package dev.lockkeeper.coder;

/** Where Coder's charts come from. */
public final class ChartRepository {
  /** The charts of Coder v2. */
  public static final String V2 = "https://helm.coder.com/v2";

  private ChartRepository() {}

  /** Whether this is where the charts of Coder v1 are, which have the same name. */
  public static boolean isOfV1(String url) {
    return url.matches("https?://helm\\.coder\\.com/?");
  }
}
