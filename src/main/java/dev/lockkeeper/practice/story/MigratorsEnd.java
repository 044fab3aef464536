package dev.lockkeeper.practice.story;

import dev.lockkeeper.parsing.YamlNode;
import dev.lockkeeper.practice.cluster.Quantities;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/**
 * What befalls the pod that migrates just then.
 *
 * @param fate what it is
 * @param takes how much memory the migration takes, as Kubernetes writes it, such as {@code 6Gi}: a
 *     higher limit lets it through. Only where it runs out of memory; empty where no limit is
 *     enough
 */
public record MigratorsEnd(Fate fate, String takes) implements ScenarioAction {

  /** What can befall it. */
  public enum Fate {
    /** It is evicted: the kubelet kills it before it can say goodbye to the database. */
    EVICT,
    /** It has taken more memory than it may: the kernel kills it. */
    OUT_OF_MEMORY,
    /** Its node stalls: the process is there and does nothing any more. */
    FREEZE
  }

  static MigratorsEnd of(YamlNode node) {
    node.only(Set.of("fate", "takes"));
    return new MigratorsEnd(
        node.at("fate").word(Fate.values()),
        node.optional("takes").map(MigratorsEnd::quantity).orElse(""));
  }

  private static String quantity(YamlNode node) {
    return node.parsed(
        text -> Optional.of(text).filter(each -> each.matches("\\d+[KMGT]i?")),
        "an amount of memory such as 6Gi");
  }

  @Override
  public void act(ScenarioContext stage) throws SQLException {
    String address = stage.migrator().map(ScenarioContext.Migrator::address).orElse("");
    switch (fate) {
      case EVICT -> stage.evictPodAt(address);
      case OUT_OF_MEMORY -> {
        if (isTooMuchFor(stage.memoryLimitAt(address))) {
          stage.runtime().runOutOfMemory(address);
        }
      }
      case FREEZE -> stage.runtime().freeze(address);
    }
  }

  /** A container without a limit has the node's memory, which is plenty here. */
  private boolean isTooMuchFor(Optional<String> limit) {
    return takes.isEmpty()
        || limit
            .filter(most -> Quantities.of(most).compareTo(Quantities.of(takes)) < 0)
            .isPresent();
  }
}
