package dev.lockkeeper.postgres;

import dev.lockkeeper.snapshot.CoderUrl;
import dev.lockkeeper.snapshot.Database.ApiKeys;
import dev.lockkeeper.snapshot.Database.Builds;
import dev.lockkeeper.snapshot.Database.CoderFacts;
import dev.lockkeeper.snapshot.Database.CoderRoles;
import dev.lockkeeper.snapshot.Database.ReplicaRow;
import dev.lockkeeper.snapshot.Database.Usage;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.RoleFacts;
import dev.lockkeeper.snapshot.ServerLoad;
import dev.lockkeeper.snapshot.ServerLoad.Growth;
import dev.lockkeeper.snapshot.ServerLoad.Slots;
import dev.lockkeeper.snapshot.ServerLoad.TableSize;
import dev.lockkeeper.snapshot.Upkeep;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The facts that may be missing. They outlive a connection, so that their last values can be shown
 * while it is lost.
 */
final class SlowFacts {
  private static final String MIGRATING =
      "not asked while somebody migrates or waits to: reading through a table could be in the way";

  private final DatabaseAddress address;
  private final SlowFact<Growth> growth;
  private final SlowFact<List<ReplicaRow>> replicas;
  private final SlowFact<Builds> builds;
  private final SlowFact<Long> users;
  private final SlowFact<Long> agents;
  private final SlowFact<List<TableSize>> tables;
  private final SlowFact<ApiKeys> apiKeys;
  private final SlowFact<Slots> slots;
  private final SlowFact<RoleFacts> roles;
  private final SlowFact<Upkeep> upkeep;
  private final GrowthTrend trend = new GrowthTrend();

  /** Where Coder's tables are. */
  private String schema = "";

  SlowFacts(DatabaseAddress address, Pace pace) {
    this(address, pace, CoderUrl::unread);
  }

  /**
   * With what Coder's own address sets for its sessions.
   *
   * @param coder tells it, as far as it is read by now; never waits
   */
  SlowFacts(DatabaseAddress address, Pace pace, Supplier<CoderUrl> coder) {
    this.address = address;
    growth = new SlowFact<>(pace.slow(), Set.of(), this::askGrowth);
    replicas =
        new SlowFact<>(pace.slow(), Set.of("replicas"), connection -> in(connection).replicas());
    builds =
        new SlowFact<>(
            pace.slow(), Set.of("provisioner_jobs"), connection -> in(connection).builds());
    users =
        new SlowFact<>(pace.slow(), Set.of("users"), connection -> in(connection).activeUsers());
    agents =
        new SlowFact<>(
            pace.slow(),
            Set.of("workspace_agents"),
            connection -> in(connection).connectedAgents());
    tables = new SlowFact<>(pace.slowest(), Set.of(), connection -> in(connection).tables());
    apiKeys =
        new SlowFact<>(pace.slowest(), Set.of("api_keys"), connection -> in(connection).apiKeys());
    upkeep = new SlowFact<>(pace.slow(), Set.of(), connection -> in(connection).upkeep());
    slots = new SlowFact<>(pace.slow(), Set.of(), SlowFacts::askSlots);
    roles =
        new SlowFact<>(
            pace.slow().multipliedBy(3),
            Set.of(),
            connection -> new RoleQuestions(connection, schema, address, coder.get()).ask());
  }

  private CoderTables in(DatabaseConnection connection) {
    return new CoderTables(connection, schema);
  }

  private Growth askGrowth(DatabaseConnection connection) throws SQLException {
    String question = Question.GROWTH.sql();
    Row row = connection.ask(ReadSettings.catalog(), question).get(0).get(0);
    Growth growth = new Growth(row.bigNumber("wal_bytes"), row.bigNumber("database_bytes"));
    return trend.add(growth, System.nanoTime());
  }

  private static Slots askSlots(DatabaseConnection connection) throws SQLException {
    String question = Question.SLOTS.sql();
    Row row = connection.ask(ReadSettings.catalog(), question).get(0).get(0);
    return new Slots(
        row.number("max"),
        row.number("reserved"),
        row.number("used"),
        row.number("own_limit"),
        row.number("own_used"),
        row.number("database_limit"));
  }

  /** A new connection: everything is asked again. */
  void hurry() {
    trend.forget();
    all().forEach(SlowFact::hurry);
  }

  private List<SlowFact<?>> all() {
    return List.of(growth, slots, replicas, builds, users, agents, tables, apiKeys, roles, upkeep);
  }

  private List<SlowFact<?>> ofCoder() {
    return List.of(replicas, builds, users, agents, tables, apiKeys, roles);
  }

  /** What no statistic holds, so that a table is read through for it. */
  private Set<SlowFact<?>> counted() {
    return Set.of(builds, users, agents, apiKeys);
  }

  /**
   * Asked before a refresh tells it, when it is due: for its size the server looks at every file of
   * the database. It may refuse the answer for good.
   */
  void readGrowth(DatabaseConnection connection) throws SQLException {
    growth.refresh(connection, address, Set.of());
  }

  /**
   * Reads what is due.
   *
   * @param where the schema of Coder's tables, if it is known
   * @param closed the tables that must be left alone now
   * @param migrating whether somebody migrates or waits to: then nothing is read through, and what
   *     was known before stays with its age
   * @throws SQLException if the connection broke
   */
  void read(
      DatabaseConnection connection, Optional<String> where, Set<String> closed, boolean migrating)
      throws SQLException {
    slots.refresh(connection, address, Set.of());
    upkeep.refresh(connection, address, Set.of());
    if (where.isEmpty()) {
      String reason =
          connection.isOutside() ? OtherDatabase.REASON : "Coder's tables were not found";
      ofCoder().forEach(fact -> fact.unavailable(reason));
      return;
    }
    schema = where.get();
    for (SlowFact<?> fact : ofCoder()) {
      if (migrating && counted().contains(fact)) {
        fact.unavailable(MIGRATING);
      } else {
        fact.refresh(connection, address, closed);
      }
    }
  }

  /** What is Coder's own, with these as its roles. */
  CoderFacts coder(CoderRoles own) {
    Usage usage = new Usage(builds.observed(), users.observed(), agents.observed());
    return new CoderFacts(own, replicas.observed(), usage, apiKeys.observed());
  }

  Observed<RoleFacts> roles() {
    return roles.observed();
  }

  /** What the server bears, of which a refresh took this long. */
  ServerLoad load(Duration cost) {
    return new ServerLoad(growth(), tables.observed(), slots.observed(), upkeep.observed(), cost);
  }

  /** Zeros when it may not be read: an old position must not look like standing still. */
  private Growth growth() {
    return growth.observed().isKnown() ? growth.observed().value().orElseThrow() : new Growth(0, 0);
  }
}
