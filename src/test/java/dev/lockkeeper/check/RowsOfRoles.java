package dev.lockkeeper.check;

import static dev.lockkeeper.check.Row.NOW;
import static dev.lockkeeper.check.Row.at;
import static dev.lockkeeper.check.Row.lost;
import static dev.lockkeeper.check.Row.old;
import static dev.lockkeeper.check.Row.row;
import static dev.lockkeeper.check.Row.running;
import static dev.lockkeeper.check.Verdict.Answer.FAIL;
import static dev.lockkeeper.check.Verdict.Answer.PASS;
import static dev.lockkeeper.check.Verdict.Answer.UNKNOWN;

import dev.lockkeeper.check.database.LocksFit;
import dev.lockkeeper.check.database.NoSettingStopsIt;
import dev.lockkeeper.check.database.OwnsItsTables;
import dev.lockkeeper.check.migration.RewritesAreSmall;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.PostgresSetting;
import dev.lockkeeper.snapshot.PostgresSetting.Place;
import dev.lockkeeper.snapshot.RoleFacts;
import dev.lockkeeper.snapshot.RoleFacts.OwnedObject;
import dev.lockkeeper.snapshot.RoleFacts.Standing;
import dev.lockkeeper.snapshot.ServerLoad;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.UpgradeWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is set for roles, what they own, and the room that there is. */
final class RowsOfRoles {
  private static final RoleFacts GOOD =
      UpgradeWorld.running(NOW).database().roles().value().orElseThrow();

  private RowsOfRoles() {}

  static List<Row> all() {
    List<Row> rows = new ArrayList<>(settings());
    rows.addAll(owners());
    rows.addAll(room());
    return rows;
  }

  private static List<Row> settings() {
    Check stops = new NoSettingStopsIt();
    return List.of(
        row(stops, "nothing is set", running(), PASS, "for the role coder"),
        row(stops, "2 s a statement", set("statement_timeout", "2s", Place.ROLE), FAIL, "2s, set"),
        row(stops, "2 h a statement", set("statement_timeout", "2h", Place.ROLE), PASS, ""),
        row(stops, "it is switched off", set("statement_timeout", "0", Place.URL), PASS, ""),
        row(stops, "1 s for a lock", set("lock_timeout", "1000", Place.DATABASE), FAIL, "database"),
        row(
            stops,
            "a transaction's pause of 60 s",
            set("idle_in_transaction_session_timeout", "60000", Place.SERVER),
            PASS,
            ""),
        row(
            stops,
            "a transaction's pause of 1 s",
            set("idle_in_transaction_session_timeout", "1000", Place.SERVER),
            FAIL,
            "postgresql.conf"),
        row(
            stops,
            "read only",
            set("default_transaction_read_only", "on", Place.ROLE_IN_DATABASE),
            FAIL,
            "in this database"),
        row(
            stops,
            "read and write",
            set("default_transaction_read_only", "off", Place.ROLE),
            PASS,
            ""),
        row(
            stops,
            "another role has little time",
            roles("settings", List.of(setting("statement_timeout", "2s", Place.ROLE, "report"))),
            PASS,
            ""),
        row(stops, "our role cannot see it", roles("untold", Set.of("x")), UNKNOWN, "cannot see"),
        row(
            stops,
            "Coder's address cannot be read",
            roles("urlUser", Optional.empty()),
            UNKNOWN,
            "address"),
        row(stops, "it cannot be read", running().database("roles", lost(GOOD)), UNKNOWN, ""),
        row(stops, "it was read long ago", running().database("roles", old(GOOD)), UNKNOWN, ""));
  }

  private static List<Row> owners() {
    Check owns = new OwnsItsTables();
    return List.of(
        row(owns, "all is its own", running(), PASS, "by coder"),
        row(owns, "one is another's", owned("table", "api_keys"), FAIL, "api_keys (of postgres)"),
        row(owns, "no migration needs it", owned("table", "notes"), UNKNOWN, "table notes"),
        row(owns, "a type is another's", owned("type", "colour"), UNKNOWN, "type colour"),
        row(
            owns,
            "it inherits the owner's rights",
            owned("table", "api_keys")
                .database("roles", known(with(foreign("table", "api_keys"), true, "postgres"))),
            PASS,
            ""),
        row(
            owns,
            "it may not create",
            running().database("roles", known(with(GOOD, false, "coder"))),
            FAIL,
            "may not create"),
        row(owns, "its role is not known", roles("standings", List.of()), UNKNOWN, "coder"),
        row(owns, "it cannot be read", running().database("roles", lost(GOOD)), UNKNOWN, ""));
  }

  private static List<Row> room() {
    Check locks = new LocksFit();
    Check small = new RewritesAreSmall();
    return List.of(
        row(locks, "there is room", running(), PASS, "480 tables and indexes"),
        row(locks, "there is none", locks(10, 20, 480), FAIL, "about 200 locks"),
        row(locks, "it may be enough", locks(10, 60, 480), UNKNOWN, "about 600 locks"),
        row(locks, "it cannot be read", running().database("roles", lost(GOOD)), UNKNOWN, ""),
        row(small, "they are", running(), PASS, "by estimate"),
        row(small, "one is not", size(9_400, 3L << 30), UNKNOWN, "SQL does not show"),
        row(small, "it was never analysed", size(-1, 0), UNKNOWN, "never analysed"),
        row(
            small,
            "the whole database is small",
            size(-1, 0).database("growth", new ServerLoad.Growth(0, 80 << 20)),
            PASS,
            "80 MB"),
        row(small, "nothing is pending", at(running(), 401, false), PASS, ""),
        row(small, "the target is not known", running().wantsNothing(), UNKNOWN, "target"));
  }

  private static Observed<RoleFacts> known(RoleFacts facts) {
    return Observed.known(facts, NOW);
  }

  private static Scenery roles(String component, Object value) {
    return running().database("roles", known(Altered.of(GOOD, component, value)));
  }

  private static Scenery set(String name, String value, Place place) {
    return roles("settings", List.of(setting(name, value, place, "")));
  }

  private static PostgresSetting setting(String name, String value, Place place, String role) {
    return new PostgresSetting(name, value, place, role, "", "");
  }

  private static RoleFacts foreign(String kind, String name) {
    return Altered.of(GOOD, "objects", List.of(new OwnedObject(kind, name, "postgres")));
  }

  private static Scenery owned(String kind, String name) {
    return running().database("roles", known(foreign(kind, name)));
  }

  private static RoleFacts with(RoleFacts facts, boolean creates, String owner) {
    return Altered.of(
        facts,
        "standings",
        List.of(new Standing("coder", false, creates, Set.copyOf(List.of("coder", owner)))));
  }

  private static Scenery locks(int each, int sessions, int relations) {
    return roles("locks", new RoleFacts.LockRoom(each, sessions, relations));
  }

  private static Scenery size(long rows, long bytes) {
    return running()
        .database(
            "tables",
            Observed.known(List.of(new ServerLoad.TableSize("api_keys", rows, bytes)), NOW));
  }
}
