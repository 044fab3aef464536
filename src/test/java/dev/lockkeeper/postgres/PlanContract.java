package dev.lockkeeper.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The server plans once what it is asked at each look, and what is asked is answered nevertheless.
 */
interface PlanContract {
  String NUMBERS = "SELECT version FROM schema_migrations";
  String PLANS = "-- which?\nSELECT count(*) AS plans FROM pg_prepared_statements";

  TestServer server();

  private static List<String> numbers(DatabaseConnection connection) throws SQLException {
    return connection.ask(ReadSettings.tablesOf("public"), NUMBERS).get(0).stream()
        .map(row -> row.text("version"))
        .toList();
  }

  private static int plans(DatabaseConnection connection) throws SQLException {
    return connection.ask(ReadSettings.catalog(), PLANS).get(0).get(0).number("plans");
  }

  @Test
  default void whatIsAskedAgainIsPlannedOnce() throws Exception {
    try (Scene scene = Scene.coder(server());
        DatabaseConnection connection = DatabaseConnection.open(scene.address("coder"))) {
      List<String> first = numbers(connection);
      int none = plans(connection);

      List<List<String>> later =
          List.of(numbers(connection), numbers(connection), numbers(connection));

      assertThat(later).containsOnly(first);
      assertThat(first).hasSize(1);
      assertThat(none).isZero();
      assertThat(plans(connection)).isEqualTo(2);
    }
  }

  @Test
  default void aTableThatAMigrationHasChangedIsReadOn() throws Exception {
    try (Scene scene = Scene.coder(server());
        DatabaseConnection connection = DatabaseConnection.open(scene.address("coder"))) {
      List<String> before = numbers(connection);
      numbers(connection);
      Scene.run(scene.session(), "ALTER TABLE schema_migrations ALTER COLUMN version TYPE numeric");

      assertThat(numbers(connection)).isEqualTo(before);
      assertThat(numbers(connection)).isEqualTo(before);
      assertThat(numbers(connection)).isEqualTo(before);
    }
  }

  @Test
  default void plansThatSomebodyHasThrownAwayAreMadeAgain() throws Exception {
    try (Scene scene = Scene.coder(server());
        DatabaseConnection connection = DatabaseConnection.open(scene.address("coder"))) {
      List<String> before = numbers(connection);
      numbers(connection);
      connection.ask(ReadSettings.catalog(), "DEALLOCATE ALL");

      assertThat(numbers(connection)).isEqualTo(before);
    }
  }

  @Test
  default void questionsThatAreNeverTheSameLeaveNoPlans() throws Exception {
    try (Scene scene = Scene.coder(server());
        DatabaseConnection connection = DatabaseConnection.open(scene.address("coder"))) {
      for (int round = 0; round < 2; round++) {
        for (int each : IntStream.range(0, 100).toArray()) {
          connection.ask(ReadSettings.catalog(), "SELECT " + each + " AS n");
        }
      }

      assertThat(plans(connection)).isLessThanOrEqualTo(64);
    }
  }
}
