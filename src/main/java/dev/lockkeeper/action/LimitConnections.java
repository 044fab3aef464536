package dev.lockkeeper.action;

import dev.lockkeeper.check.FreshFacts;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.ServerLoad.Slots;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * Close the database to new ordinary sessions, so that pools stay away, or open it again as far as
 * it was open before (C32).
 *
 * @param up whether to close it; to open it otherwise
 */
public record LimitConnections(boolean up) implements Action {
  /** Under this word a run remembers the limit that was there when it began. */
  public static final String LIMIT = "connection-limit";

  private static final int UNLIMITED = -1;

  @Override
  public String word() {
    return up ? "fence" : "unfence";
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Database> database = snapshot.freshDatabase();
    Optional<Integer> now =
        database
            .flatMap(seen -> FreshFacts.read(seen.load().slots(), snapshot))
            .map(Slots::databaseLimit);
    if (now.isEmpty()) {
      return Proposal.none("the database's connection limit cannot be read now");
    }
    int wanted = up ? ConnectionLimitRequest.CLOSED : before(snapshot);
    if (up ? now.get() == ConnectionLimitRequest.CLOSED : open(now.get(), snapshot)) {
      return Proposal.none(
          up ? "the connection limit is 0 already" : "clients can connect: " + told(now.get()));
    }
    ConnectionLimitRequest request =
        new ConnectionLimitRequest(database.get().identity(), now.get(), wanted);
    return Proposal.of(
        new Plan(
            request,
            Risk.DISRUPTIVE,
            up ? closing(database.get()) : opening(snapshot, wanted),
            request.undo(),
            database.get().identity().name()));
  }

  /** What this run closed is open only when it is so again as it was. */
  private static boolean open(int limit, Snapshot snapshot) {
    return limit != ConnectionLimitRequest.CLOSED
        && snapshot.run().limitOwed().filter(owed -> owed != limit).isEmpty();
  }

  /** A limit of none to go back to would leave the door shut for ever. */
  private static int before(Snapshot snapshot) {
    return snapshot
        .run()
        .limitOwed()
        .or(
            () ->
                snapshot
                    .run()
                    .recalled(LIMIT)
                    .filter(text -> text.matches("-?\\d{1,9}"))
                    .map(Integer::valueOf))
        .filter(limit -> limit != ConnectionLimitRequest.CLOSED)
        .orElse(UNLIMITED);
  }

  private static List<String> closing(Database database) {
    return List.of(
        "only superusers can open a new session in database %s, whatever the tool"
            .formatted(database.identity().name()),
        "%d open sessions stay until they are ended".formatted(database.backends().size()),
        "the pod that migrates could not connect either: this run owes the old limit until it is"
            + " back",
        "if our own session breaks, the only way back is through another database, which is tried"
            + " first");
  }

  private static List<String> opening(Snapshot snapshot, int wanted) {
    boolean owed = snapshot.run().limitOwed().isPresent();
    boolean remembered =
        snapshot.run().recalled(LIMIT).filter(Integer.toString(wanted)::equals).isPresent();
    return List.of(
        "clients and the pod that migrates can connect again: " + told(wanted),
        owed
            ? "as it was before this run set it to 0"
            : remembered
                ? "as it was when this run began"
                : "what it was before is not known to this run: a database has no limit unless"
                    + " somebody set one");
  }

  private static String told(int limit) {
    return limit < 0 ? "no connection limit" : "connection limit " + limit;
  }
}
