package dev.lockkeeper.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.Sessions;
import dev.lockkeeper.story.UpgradeWorld;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whom nobody may end is decided twice: before the question, and once more in the statement that
 * ends a session. Both know the same roles and the same programs.
 */
class ProtectedInSqlTest {
  private static final Set<String> ROLES =
      Set.of(
          "rdsadmin",
          "rdsrepladmin",
          "rdsproxyadmin",
          "rds_superuser",
          "cloudsqladmin",
          "cloudsqlagent",
          "cloudsqlreplica",
          "cloudsqlsuperuser",
          "alloydbadmin",
          "azure_superuser",
          "azuresu",
          "azure_pg_admin",
          "replicator");

  private static final Set<String> BACKUPS =
      Set.of(
          "pg_dump",
          "pg_dumpall",
          "pg_basebackup",
          "pg_restore",
          "pg_receivewal",
          "pgbackrest",
          "pgbackweb",
          "barman",
          "wal-g",
          "wal-e",
          "pg_probackup",
          "velero");

  private final String sql = sql();

  @Test
  void theProvidersRolesAreTheSame() {
    assertThat(Protection.PROVIDERS).isEqualTo(ROLES);
    String list = between("lower\\(s\\.role\\) IN \\(([^)]*)\\)\\s+THEN 'protected: the provider");
    Set<String> known =
        Pattern.compile("'([^']+)'")
            .matcher(list)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toSet());
    assertThat(known).isEqualTo(ROLES);
  }

  @Test
  void aSessionOfEachOfThemIsKept() {
    var seen = Scenery.of(UpgradeWorld::migrating).seen();
    assertThat(ROLES)
        .allSatisfy(
            role ->
                assertThat(Protection.of(Altered.of(Sessions.of(4, ""), "user", role), seen))
                    .contains("it belongs to the provider's role " + role));
  }

  @Test
  void theBackupsAreTheSame() {
    assertThat(programs(Protection.BACKUP.pattern())).isEqualTo(BACKUPS);
    assertThat(programs(between("~\\* '\\^(\\([^)]*\\))'\\s+THEN 'protected: a backup")))
        .isEqualTo(BACKUPS);
  }

  /** Backups, and what is ours, are looked for before. */
  @Test
  void theToolsThatNeverAreCoderdAreTheSame() {
    Set<String> before =
        Stream.concat(BACKUPS.stream(), Stream.of("lockkeeper")).collect(Collectors.toSet());
    Set<String> tools = programs(Whose.TOOL.pattern());
    assertThat(tools).contains("psql", "pgbench");
    Set<String> looked =
        programs(between("~\\* '\\^(\\([^)]*\\))'\\s+THEN 'left alone: it is not coderd"));
    assertThat(tools).containsAll(looked);
    assertThat(tools.stream().filter(tool -> !before.contains(tool))).isSubsetOf(looked);
  }

  private String between(String pattern) {
    List<String> found =
        Pattern.compile(pattern).matcher(sql).results().map(each -> each.group(1)).toList();
    assertThat(found).as(pattern).hasSize(1);
    return found.get(0);
  }

  /** The alternatives in the first pair of brackets. */
  private static Set<String> programs(String pattern) {
    MatchResult brackets =
        Pattern.compile("\\(([^)]*)\\)").matcher(pattern).results().findFirst().orElseThrow();
    return Set.of(brackets.group(1).split("\\|"));
  }

  private static String sql() {
    try (InputStream in =
        Protection.class.getResourceAsStream("/dev/lockkeeper/postgres/end_session.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
