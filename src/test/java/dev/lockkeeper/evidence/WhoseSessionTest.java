package dev.lockkeeper.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.EndRequest;
import dev.lockkeeper.action.EndSessions;
import dev.lockkeeper.analysis.Protection;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.check.database.NoCoderdSession;
import dev.lockkeeper.postgres.Scene;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Snapshot;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which sessions are coderd's, and so end with "End coderd's sessions", and which only look so. */
class WhoseSessionTest {
  private static final String NOWHERE = "127.0.0.99";

  @TempDir Path directory;
  private Look look;
  private Pods pods;

  @BeforeEach
  void open() throws Exception {
    look = Look.as(directory, "monitor");
    pods = new Pods(look.cluster);
    pods.forget("coder-5d-a");
  }

  @AfterEach
  void close() throws Exception {
    look.close();
  }

  private Set<Integer> ended() {
    List<EndRequest.Session> none = List.of();
    return look
        .proposal(new EndSessions(false))
        .plan()
        .map(plan -> ((EndRequest) plan.request()).sessions())
        .orElse(none)
        .stream()
        .map(EndRequest.Session::pid)
        .collect(Collectors.toSet());
  }

  private Verdict silence() {
    return new NoCoderdSession().evaluate(look.look(), look.knowledge);
  }

  /** Many drivers send no application name. */
  @Test
  @NearMiss(acts = "end-coderd-sessions")
  void anotherRolesSessionIsNotCoderds() throws Exception {
    Connection exporter = look.database.session("watcher", NOWHERE, "");
    assertThat(ended()).doesNotContain(Scene.pid(exporter));
    Connection coderd = look.database.session("coder", NOWHERE, "");
    assertThat(ended()).contains(Scene.pid(coderd)).doesNotContain(Scene.pid(exporter));
  }

  /** People use Coder's role, too. */
  @Test
  @NearMiss(acts = "end-coderd-sessions")
  void aPersonsToolIsNotCoderds() throws Exception {
    Connection person = look.database.session("coder", NOWHERE, "psql");
    assertThat(ended()).doesNotContain(Scene.pid(person));
    Connection coderd = look.database.session("coder", NOWHERE, "");
    assertThat(ended()).contains(Scene.pid(coderd)).doesNotContain(Scene.pid(person));
  }

  /** A name that coderd was seen to have is coderd's; another one cannot be told. */
  @Test
  @NearMiss(acts = "end-coderd-sessions")
  void aNameThatCoderdWasNotSeenToHaveCannotBeTold() throws Exception {
    Connection session = look.database.session("coder", NOWHERE, "coder-prod");
    assertThat(ended()).doesNotContain(Scene.pid(session));
    assertThat(silence().answer()).isNotEqualTo(Verdict.Answer.PASS);
    pods.run("coder-5d-b", "127.0.0.21", "node-1");
    look.until(seen -> seen.freshCluster().filter(all -> !all.pods().isEmpty()).isPresent());
    look.database.session("coder", "127.0.0.21", "coder-prod");
    assertThat(ended()).contains(Scene.pid(session));
  }

  /** A name may be given to a role, so that coderd never says it. */
  @Test
  void aNameThatItsRoleWasGivenIsCoderds() throws Exception {
    Connection owner = look.database.session("coder", NOWHERE, "psql");
    Scene.run(owner, "ALTER ROLE coder SET application_name = 'coder-prod'");
    try {
      Connection session = look.database.session("coder", NOWHERE, "coder-prod");
      assertThat(ended()).contains(Scene.pid(session));
    } finally {
      Scene.run(owner, "ALTER ROLE coder RESET application_name");
    }
  }

  /** Where the role of the official image is used, Coder's own role is a superuser. */
  @Test
  void codersOwnRoleMayBeASuperuser() throws Exception {
    Connection boss = look.database.session("boss");
    Scene.run(boss, "ALTER TABLE schema_migrations OWNER TO boss");
    Connection coderd = look.database.session("boss", NOWHERE, "");
    Snapshot seen = look.look();
    Backend session = seen.freshDatabase().orElseThrow().backend(Scene.pid(coderd)).orElseThrow();
    assertThat(session.client().superuser()).isTrue();
    assertThat(Protection.of(session, seen)).isEmpty();
    Scene.run(boss, "ALTER TABLE schema_migrations OWNER TO coder");
    Snapshot after = look.look();
    assertThat(Protection.of(session, after).orElseThrow()).contains("superuser");
  }

  /** One session from another address is one session, and no pooler. */
  @Test
  void aSecondAddressOfAPodIsThePods() throws Exception {
    pods.runAtTwo("coder-5d-b", "127.0.0.21", "127.0.0.22", "node-1");
    look.until(seen -> seen.freshCluster().filter(all -> !all.pods().isEmpty()).isPresent());
    Connection session = look.coderd("127.0.0.22");
    Snapshot seen = look.look();
    assertThat(seen.freshCluster().orElseThrow().podsByAddress().get("127.0.0.22").name())
        .isEqualTo("coder-5d-b");
    assertThat(ended()).contains(Scene.pid(session));
  }
}
