package dev.lockkeeper.practice.story;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.sql.SQLException;

/**
 * What befalls the pod that migrates just then.
 *
 * @param fate what it is
 */
public record MigratorsEnd(@JsonProperty(value = "fate", required = true) Fate fate)
    implements Deed {

  /** What can befall it. */
  public enum Fate {
    /** It is evicted: the kubelet kills it before it can say goodbye to the database. */
    EVICT,
    /** It has taken more memory than it may: the kernel kills it. */
    OUT_OF_MEMORY,
    /** Its node stalls: the process is there and does nothing any more. */
    FREEZE
  }

  @Override
  public void act(Stage stage) throws SQLException {
    String address = stage.migrator().map(Stage.Migrator::address).orElse("");
    switch (fate) {
      case EVICT -> stage.evictPodAt(address);
      case OUT_OF_MEMORY -> stage.runtime().runOutOfMemory(address);
      case FREEZE -> stage.runtime().freeze(address);
    }
  }
}
