package dev.lockkeeper.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.snapshot.CoderUrl;
import dev.lockkeeper.snapshot.PostgresSetting;
import dev.lockkeeper.snapshot.PostgresSetting.Place;
import dev.lockkeeper.snapshot.RoleFacts;
import dev.lockkeeper.snapshot.RoleFacts.OwnedObject;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is set for roles, and what they own, is read where it stands. */
interface RoleFactsContract {
  TestServer server();

  private static RoleFacts read(Scene scene, String role, CoderUrl coder) throws Exception {
    DatabaseAddress address = scene.address(role);
    try (DatabaseConnection connection = DatabaseConnection.open(address)) {
      SlowFacts slow = new SlowFacts(address, Pace.normal(), () -> coder);
      return Scene.read(new DatabaseReader(connection, slow)).roles().value().orElseThrow();
    }
  }

  private static RoleFacts read(Scene scene, String role) throws Exception {
    return read(scene, role, CoderUrl.unread());
  }

  @Test
  default void theNearestPlaceThatSetsAParameterCounts() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      String database = acted.identity().name();
      acted.role("tight", "LOGIN PASSWORD '%s'");
      Scene.run(acted.admin(), "ALTER DATABASE " + database + " SET statement_timeout = '9s'");
      RoleFacts first = read(acted.scene(), "monitor");
      Scene.run(acted.admin(), "ALTER ROLE tight SET statement_timeout = '2s'");
      RoleFacts second = read(acted.scene(), "monitor");
      Scene.run(
          acted.admin(),
          "ALTER ROLE tight IN DATABASE " + database + " SET statement_timeout = '1min'");
      RoleFacts third = read(acted.scene(), "monitor");
      RoleFacts asked =
          read(
              acted.scene(),
              "monitor",
              new CoderUrl(Optional.of("tight"), Map.of("statement_timeout", "3000")));

      assertPlace(first, Place.DATABASE, 9, "ALTER DATABASE " + database + " RESET");
      assertPlace(second, Place.ROLE, 2, "ALTER ROLE tight RESET");
      assertPlace(third, Place.ROLE_IN_DATABASE, 60, "IN DATABASE " + database + " RESET");
      assertPlace(asked, Place.URL, 3, "");
      assertThat(asked.urlUser()).contains("tight");
      assertThat(third.effective("somebody else", "statement_timeout").orElseThrow().place())
          .isEqualTo(Place.DATABASE);
      assertThat(third.untold()).contains("statement_timeout");
    }
  }

  private static void assertPlace(RoleFacts facts, Place place, int seconds, String undo) {
    PostgresSetting counts = facts.effective("tight", "statement_timeout").orElseThrow();
    assertThat(counts.place()).isEqualTo(place);
    assertThat(counts.timeout()).contains(Duration.ofSeconds(seconds));
    assertThat(counts.undo()).contains(undo);
  }

  @Test
  default void whatIsSetForTheWholeServerIsToldWithItsFileWhereThatMayBeRead() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      try {
        Scene.run(acted.admin(), "ALTER SYSTEM SET lock_timeout = '7s'");
        Scene.run(acted.admin(), "SELECT pg_reload_conf()");
        Scene.readUntilSet(acted.admin(), "lock_timeout", "7s");

        PostgresSetting plain =
            read(acted.scene(), "coder").effective("x", "lock_timeout").orElseThrow();
        PostgresSetting asBoss =
            read(acted.scene(), server().superuser()).effective("x", "lock_timeout").orElseThrow();

        assertThat(plain.place()).isEqualTo(Place.SERVER);
        assertThat(plain.timeout()).contains(Duration.ofSeconds(7));
        assertThat(plain.detail()).isEmpty();
        assertThat(asBoss.detail()).startsWith("postgresql.auto.conf:");
      } finally {
        Scene.run(acted.admin(), "ALTER SYSTEM RESET lock_timeout");
        Scene.run(acted.admin(), "SELECT pg_reload_conf()");
        Scene.readUntilSet(acted.admin(), "lock_timeout", "0");
      }
    }
  }

  @Test
  default void ownersAreToldAndWhoMayActForThem() throws Exception {
    try (Acted acted = Acted.upon(server())) {
      acted.role("owners", "");
      acted.role("heir", "LOGIN PASSWORD '%s' IN ROLE owners");
      Scene.run(acted.admin(), "ALTER TABLE workspaces OWNER TO owners");
      Connection coder = acted.scene().session();
      Scene.run(coder, "CREATE TYPE colour AS ENUM ('red')");

      RoleFacts facts = read(acted.scene(), "monitor");

      OwnedObject table = new OwnedObject("table", "workspaces", "owners");
      assertThat(facts.objects())
          .contains(table, new OwnedObject("type", "colour", "coder"))
          .contains(new OwnedObject("table", "users", "coder"));
      assertThat(facts.standing("heir").orElseThrow().mayAlter(table)).isTrue();
      assertThat(facts.standing("coder").orElseThrow().mayAlter(table)).isFalse();
      assertThat(facts.standing(server().superuser()).orElseThrow().mayAlter(table)).isTrue();
      assertThat(facts.standing("coder").orElseThrow().creates()).isTrue();
      assertThat(facts.locks().total()).isPositive();
      assertThat(facts.locks().relations()).isPositive();
    }
  }
}
