package dev.lockkeeper.action;

import dev.lockkeeper.snapshot.DatabaseIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Cancel the statements of some sessions, or end the sessions. Each is named by its process id and
 * its start, so that nobody else is hit who was given the same process id since.
 *
 * @param database the database and the run of the server in which they were seen
 * @param manner what is done to them
 * @param grounds why; it must still hold when it is done
 * @param sessions which ones, one or more
 * @param prediction what becomes of the migrator, where it waits for them
 */
public record EndRequest(
    DatabaseIdentity database,
    Manner manner,
    Grounds grounds,
    List<Session> sessions,
    Optional<Prediction> prediction)
    implements Request {
  /** One of which nothing is expected for anybody who waits. */
  public EndRequest(
      DatabaseIdentity database, Manner manner, Grounds grounds, List<Session> sessions) {
    this(database, manner, grounds, sessions, Optional.empty());
  }

  /** What is done to a session. */
  public enum Manner {
    /** Its statement is cancelled. One that is idle in a transaction does not notice. */
    CANCEL("cancel", "pg_cancel_backend"),
    /** The session ends, and what it had not committed is rolled back. */
    TERMINATE("end", "pg_terminate_backend");

    private final String word;
    private final String function;

    Manner(String word, String function) {
      this.word = word;
      this.function = function;
    }

    /** As a person says it: "cancel", "end". */
    public String word() {
      return word;
    }

    /** PostgreSQL's function that does it. */
    public String function() {
      return function;
    }
  }

  /** Why sessions are ended. The server is asked again at the moment when it is done. */
  public enum Grounds {
    /** Whoever migrates waits for it, at once or through others. */
    BLOCKS_MIGRATION,
    /** It holds the migration lock or waits for it, its client has ended, and it stands still. */
    ORPHANED,
    /** It is one of coderd's own, by its role and by where it was seen. */
    CODERD,
    /** It is connected to this database. */
    DATABASE
  }

  /**
   * A session.
   *
   * @param pid its process id
   * @param backendStart when it started, as text with microseconds
   * @param user its role
   * @param who whose it is, for people
   * @param statement when its last statement began, as text with microseconds; empty when it was
   *     not seen. One whose client is said to have ended begins no other.
   */
  public record Session(
      int pid, String backendStart, String user, String who, Optional<String> statement) {
    /** A session of which no statement was seen. */
    public Session(int pid, String backendStart, String user, String who) {
      this(pid, backendStart, user, who, Optional.empty());
    }

    /** Whether it is the same session, whatever is known of its owner now. */
    public boolean same(Session other) {
      return pid == other.pid && backendStart.equals(other.backendStart);
    }
  }

  private static final String SESSIONS = "sessions";

  /** More sessions than these are told as a number. */
  private static final int NAMED = 3;

  public EndRequest {
    sessions = List.copyOf(sessions);
  }

  @Override
  public String summary() {
    String what = manner == Manner.CANCEL ? "cancel the statement of " : "end ";
    return what
        + (sessions.size() == 1
            ? "session " + sessions.get(0).pid()
            : sessions.size() + " sessions");
  }

  @Override
  public String verb() {
    return manner == Manner.CANCEL
        ? "Cancel it"
        : sessions.size() == 1 ? "End the session" : "End %d sessions".formatted(sessions.size());
  }

  @Override
  public String command() {
    String named =
        sessions.stream()
            .map(each -> "(%d, %s)".formatted(each.pid(), SqlText.literal(each.backendStart())))
            .collect(Collectors.joining(", "));
    return "SELECT pid, %s(pid) FROM pg_stat_activity WHERE (pid, backend_start) IN (%s);"
        .formatted(manner.function(), named);
  }

  @Override
  public String undo() {
    return "";
  }

  @Override
  public RequestKind kind() {
    return switch (manner) {
      case CANCEL -> RequestKind.CANCEL;
      case TERMINATE -> RequestKind.TERMINATE;
    };
  }

  @Override
  public Map<String, String> identity() {
    return kind()
        .at(
            database,
            Map.of(
                "grounds",
                grounds.name(),
                SESSIONS,
                sessions.stream()
                    .map(each -> each.pid() + "@" + each.backendStart())
                    .collect(Collectors.joining(", "))));
  }

  @Override
  public boolean covers(Request now) {
    return now instanceof EndRequest
        && database.equals(((EndRequest) now).database)
        && manner == ((EndRequest) now).manner
        && grounds == ((EndRequest) now).grounds
        && ((EndRequest) now)
            .sessions.stream().allMatch(each -> sessions.stream().anyMatch(each::same));
  }

  /** Which session is another one than before says more than both lists. */
  @Override
  public List<String> differences(Request now) {
    Map<String, String> before = new HashMap<>(identity());
    Map<String, String> after = new HashMap<>(now.identity());
    before.remove(SESSIONS);
    after.remove(SESSIONS);
    List<String> lines = new ArrayList<>(Differences.between(before, after));
    if (now instanceof EndRequest) {
      lines.addAll(others(((EndRequest) now).sessions));
    }
    return lines;
  }

  private List<String> others(List<Session> now) {
    List<String> lines =
        now.stream()
            .filter(each -> sessions.stream().noneMatch(each::same))
            .map(this::other)
            .toList();
    return lines.size() <= NAMED
        ? lines
        : Stream.concat(
                lines.stream().limit(NAMED),
                Stream.of("and %d more".formatted(lines.size() - NAMED)))
            .toList();
  }

  private String other(Session now) {
    return sessions.stream()
        .filter(before -> before.pid() == now.pid())
        .map(
            before ->
                "pid %d is another session, started ".formatted(now.pid())
                    + before.backendStart()
                    + " → "
                    + now.backendStart())
        .findFirst()
        .orElseGet(() -> "session %d was not among them".formatted(now.pid()));
  }

  @Override
  public Outcome perform(Operations operations) {
    return operations.database().end(this);
  }
}
