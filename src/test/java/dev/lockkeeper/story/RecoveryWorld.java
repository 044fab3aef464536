package dev.lockkeeper.story;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Database.PreparedTransaction;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.ServerLoad.Slots;
import dev.lockkeeper.snapshot.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is seen while somebody recovers from a migration that is stuck. */
public final class RecoveryWorld {
  /** An address that no pod has. */
  public static final String GONE = "10.42.0.99";

  private RecoveryWorld() {}

  /** The pod crashes, nobody migrates, and the schema is marked dirty at this number. */
  public static UpgradeWorld dirty(Instant now, long number) {
    UpgradeWorld world = Troubles.failed(now);
    Cluster quiet = Altered.of(world.cluster(), "logs", List.of());
    return new UpgradeWorld(
        quiet, Altered.of(world.database(), "schema", SchemaTable.read("public", number, true)));
  }

  /** No pod is left, the schema is at this number, and only these sessions are there. */
  public static UpgradeWorld zero(Instant now, long number, boolean dirty, Backend... sessions) {
    UpgradeWorld world = UpgradeWorld.renamed(now);
    Database database =
        Altered.of(world.database(), "schema", SchemaTable.read("public", number, dirty));
    return new UpgradeWorld(
        world.cluster(), Altered.of(database, "backends", Arrays.asList(sessions)));
  }

  /** Its only pod is Terminating. */
  public static UpgradeWorld leaving(Instant now) {
    UpgradeWorld world = UpgradeWorld.renamed(now);
    Pod pod = UpgradeWorld.migrating(now).cluster().pods().get(0);
    Pod leaving = Altered.of(pod, "deletedAt", Optional.of(now.plusSeconds(51)));
    return new UpgradeWorld(
        Altered.of(world.cluster(), "pods", List.of(leaving)), world.database());
  }

  /** The same with the door closed, or open. */
  public static UpgradeWorld limited(UpgradeWorld world, Instant now, int limit) {
    Slots slots = new Slots(100, 3, 10, -1, 4, limit);
    return new UpgradeWorld(
        world.cluster(), Altered.of(world.database(), "slots", Observed.known(slots, now)));
  }

  /** The migrator waits for a prepared transaction. */
  public static UpgradeWorld prepared(Instant now, String... gids) {
    UpgradeWorld world = UpgradeWorld.blocked(now);
    List<PreparedTransaction> prepared = new ArrayList<>();
    for (String gid : gids) {
      prepared.add(
          new PreparedTransaction(
              gid, "shop", Duration.ofMinutes(90 - prepared.size()), "2026-03-04 19:30:00.1+00"));
    }
    Database database = Altered.of(world.database(), "prepared", prepared);
    return new UpgradeWorld(
        world.cluster(),
        Altered.of(database, "waits", List.of(new Wait(4733, List.of(Database.preparedPlace(0))))));
  }

  /** The migrator waits for these sessions, which are there besides it. */
  public static UpgradeWorld blockedBy(Instant now, Backend... sessions) {
    UpgradeWorld world = UpgradeWorld.blocked(now);
    List<Backend> all = new ArrayList<>(List.of(sessions));
    all.add(world.database().backend(4733).orElseThrow());
    List<Integer> pids = Arrays.stream(sessions).map(Backend::pid).toList();
    Database database = Altered.of(world.database(), "backends", all);
    return new UpgradeWorld(
        world.cluster(), Altered.of(database, "waits", List.of(new Wait(4733, pids))));
  }

  /** A session in this state, in a transaction for ten minutes. */
  public static Backend in(String state, Backend session) {
    return Altered.of(
        Altered.of(session, "state", Optional.of(state)),
        "transactionAge",
        Optional.of(Duration.ofMinutes(10)));
  }
}
