package dev.lockkeeper.live;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.files.Configuration;
import dev.lockkeeper.parsing.Malformed;
import dev.lockkeeper.snapshot.Policy;
import dev.lockkeeper.wizard.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What holds for the context that a sitting leads to: what the configuration lays down, and what
 * the command line adds.
 *
 * @param configuration what is laid down on this machine
 * @param readOnly whether the command line forbids changes
 */
public record Policies(Configuration configuration, boolean readOnly) {
  /**
   * Reads the configuration, before anything is connected to.
   *
   * @throws Failure if it is there and cannot be understood
   */
  public static Policies of(Map<String, String> environment, boolean readOnly) throws Failure {
    Path home = Path.of(System.getProperty("user.home", "/"));
    Path path = Configuration.path(environment, home);
    try {
      return new Policies(Configuration.read(path), readOnly);
    } catch (Malformed e) {
      throw new Failure(ExitCode.CONFIGURATION, e.getMessage());
    } catch (IOException e) {
      throw new Failure(
          ExitCode.CONFIGURATION,
          "the configuration %s cannot be read, so nothing is connected to: %s"
              .formatted(path, Reasons.of(e)));
    }
  }

  /** Nothing is laid down for a practice world, where nothing is anybody's. */
  Policy policy(LiveSources sources) {
    return sources.practice() ? closed(Policy.NONE) : policy(sources.place().context());
  }

  /** What is laid down for a context. */
  Policy policy(String context) {
    return closed(configuration.policy(context));
  }

  private Policy closed(Policy laidDown) {
    return readOnly ? laidDown.onlyReading() : laidDown;
  }

  /** Which banner it gets. */
  Setting.World world(LiveSources sources) {
    return sources.practice() ? Setting.World.PRACTICE : world(policy(sources));
  }

  /** Which banner a policy gets, as long as no practice world is known. */
  static Setting.World world(Policy policy) {
    return policy.production() ? Setting.World.PRODUCTION : Setting.World.ORDINARY;
  }
}
