package dev.lockkeeper.postgres;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import dev.lockkeeper.snapshot.CoderUrl;
import dev.lockkeeper.snapshot.PostgresSetting;
import dev.lockkeeper.snapshot.PostgresSetting.Place;
import dev.lockkeeper.snapshot.RoleFacts;
import dev.lockkeeper.snapshot.RoleFacts.LockRoom;
import dev.lockkeeper.snapshot.RoleFacts.OwnedObject;
import dev.lockkeeper.snapshot.RoleFacts.Standing;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks what is set for roles and what they own; the catalog alone, which waits for nobody. */
final class RoleQuestions {
  private final DatabaseConnection connection;
  private final String schema;
  private final DatabaseAddress own;
  private final CoderUrl coder;

  /**
   * Questions about the roles of one database.
   *
   * @param schema where Coder's tables are
   * @param own our own address, which may set something for us
   * @param coder what Coder's address sets for it
   */
  RoleQuestions(DatabaseConnection connection, String schema, DatabaseAddress own, CoderUrl coder) {
    this.connection = connection;
    this.schema = schema;
    this.own = own;
    this.coder = coder;
  }

  RoleFacts ask() throws SQLException {
    List<Row> settings = connection.ask(ReadSettings.catalog(), Question.SETTINGS.sql()).get(0);
    List<List<Row>> answers =
        connection.ask(
            ReadSettings.tablesOf(schema),
            Question.LOCK_ROOM.sql(),
            Question.OWNERS.sql(),
            Question.STANDINGS.sql());
    Row room = answers.get(0).get(0);
    boolean readsFiles = room.flag("reads_files");
    Map<String, Row> files = readsFiles ? files() : Map.of();
    return new RoleFacts(
        coder.user(),
        settings(settings, files, readsFiles),
        untold(settings, readsFiles),
        answers.get(1).stream().map(RoleQuestions::owned).toList(),
        standings(answers.get(2)),
        new LockRoom(
            room.number("per_transaction"), room.number("sessions"), room.number("relations")));
  }

  private Map<String, Row> files() throws SQLException {
    Map<String, Row> files = new HashMap<>();
    connection
        .ask(ReadSettings.catalog(), Question.SETTINGS_FILES.sql())
        .get(0)
        .forEach(row -> files.put(row.text("name"), row));
    return files;
  }

  private List<PostgresSetting> settings(
      List<Row> rows, Map<String, Row> files, boolean readsFiles) {
    List<PostgresSetting> settings = new ArrayList<>();
    coder
        .settings()
        .forEach(
            (name, value) -> settings.add(new PostgresSetting(name, value, Place.URL, "", "", "")));
    for (Row row : rows) {
      if (row.text("place").equals(Place.SERVER.name())) {
        ofServer(row, files, readsFiles).ifPresent(settings::add);
      } else {
        settings.add(setting(row, row.text("value"), ""));
      }
    }
    return settings;
  }

  private Optional<PostgresSetting> ofServer(Row row, Map<String, Row> files, boolean readsFiles) {
    Optional<Row> file = Optional.ofNullable(files.get(row.text("name")));
    return hidden(row)
        ? file.map(each -> setting(row, each.text("value"), each.text("place")))
        : Optional.of(
            setting(
                row,
                row.text("value"),
                readsFiles ? file.map(each -> each.text("place")).orElse("command line") : ""));
  }

  private static PostgresSetting setting(Row row, String value, String detail) {
    return new PostgresSetting(
        row.text("name"),
        value,
        Place.valueOf(row.text("place")),
        row.text("role"),
        detail,
        row.text("undo"));
  }

  /** What our own session cannot tell, because something is set for it. */
  private boolean hidden(Row server) {
    return server.flag("untold") || own.sets(server.text("name"));
  }

  private Set<String> untold(List<Row> rows, boolean readsFiles) {
    return rows.stream()
        .filter(row -> row.text("place").equals(Place.SERVER.name()) && hidden(row))
        .filter(row -> !readsFiles)
        .map(row -> row.text("name"))
        .collect(toSet());
  }

  private static OwnedObject owned(Row row) {
    return new OwnedObject(row.text("kind"), row.text("name"), row.text("owner"));
  }

  private static List<Standing> standings(List<Row> rows) {
    Map<String, Set<String>> owners =
        rows.stream()
            .collect(
                groupingBy(row -> row.text("role"), mapping(row -> row.text("acts_for"), toSet())));
    return rows.stream()
        .map(
            row ->
                new Standing(
                    row.text("role"),
                    row.flag("superuser"),
                    row.flag("creates"),
                    owners.get(row.text("role"))))
        .distinct()
        .toList();
  }
}
