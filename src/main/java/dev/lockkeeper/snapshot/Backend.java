package dev.lockkeeper.snapshot;

import java.time.Duration;
import java.util.Optional;

/**
 * A server process that serves one session ({@code pg_stat_activity}). An empty value was hidden
 * from our role or does not apply; it never means idle.
 *
 * @param pid its process id, which may be used again by a later session
 * @param backendStart when it started, as text with microseconds: together with the pid it names
 *     this session and no other
 * @param user the role; empty for a background process
 * @param application the {@code application_name}; coderd sets none by itself, but its URL, its
 *     environment or its role may
 * @param address the client's address; empty for a local socket or when hidden
 * @param type such as {@code client backend}
 * @param leader the leader's pid, for a parallel worker
 * @param state such as {@code active} or {@code idle in transaction}
 * @param waitEventType such as {@code Lock} or {@code Client}
 * @param waitEvent such as {@code relation} or {@code advisory}
 * @param wrote whether its transaction has written
 * @param transactionAge for how long its transaction is open
 * @param stateAge for how long it is in its state
 * @param query its present or, when it is idle, its last statement: at most 300 characters, raw
 * @param hidden whether our role may not look into it
 * @param superuser whether its role is a superuser
 * @param pulse since when it lives, and when its client spoke last
 */
public record Backend(
    int pid,
    String backendStart,
    String user,
    String application,
    Optional<String> address,
    Optional<String> type,
    Optional<Integer> leader,
    Optional<String> state,
    Optional<String> waitEventType,
    Optional<String> waitEvent,
    boolean wrote,
    Optional<Duration> transactionAge,
    Optional<Duration> stateAge,
    String query,
    boolean hidden,
    boolean superuser,
    Pulse pulse) {
  /** A transaction that is open for less is no stay. */
  private static final Duration PASSING = Duration.ofSeconds(5);

  /**
   * What tells a session whose client speaks from one that is silent.
   *
   * @param age for how long it is there
   * @param statement when its present or last statement began, as text with microseconds: another
   *     text is another statement
   * @param statementAge how long ago that was
   */
  public record Pulse(
      Optional<Duration> age, Optional<String> statement, Optional<Duration> statementAge) {
    /** Nothing of it was read. */
    public static final Pulse UNKNOWN =
        new Pulse(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The session of an ordinary role. */
  public Backend(
      int pid,
      String backendStart,
      String user,
      String application,
      Optional<String> address,
      Optional<String> type,
      Optional<Integer> leader,
      Optional<String> state,
      Optional<String> waitEventType,
      Optional<String> waitEvent,
      boolean wrote,
      Optional<Duration> transactionAge,
      Optional<Duration> stateAge,
      String query,
      boolean hidden) {
    this(
        pid,
        backendStart,
        user,
        application,
        address,
        type,
        leader,
        state,
        waitEventType,
        waitEvent,
        wrote,
        transactionAge,
        stateAge,
        query,
        hidden,
        false,
        Pulse.UNKNOWN);
  }

  /** The same under another application name. */
  public Backend called(String name) {
    return new Backend(
        pid,
        backendStart,
        user,
        name,
        address,
        type,
        leader,
        state,
        waitEventType,
        waitEvent,
        wrote,
        transactionAge,
        stateAge,
        query,
        hidden,
        superuser,
        pulse);
  }

  /**
   * Whether it keeps its transaction open: it is idle in it, or works in it for some seconds
   * already. What is over sooner is in nobody's way. The server's own workers give way by
   * themselves, but for the vacuum against wraparound.
   */
  public boolean staysInTransaction() {
    boolean busy =
        transactionAge.filter(age -> age.compareTo(PASSING) > 0).isPresent()
            && (type.map("client backend"::equals).orElse(!user.isEmpty())
                || query.contains("to prevent wraparound"));
    return idleInTransaction() || busy;
  }

  public boolean idleInTransaction() {
    return state.filter(text -> text.startsWith("idle in transaction")).isPresent();
  }

  /** Whether the server has answered all that was sent, and waits for its client to speak. */
  public boolean waitsForClient() {
    return waitEvent.filter("ClientRead"::equals).isPresent()
        && state.filter(text -> text.startsWith("idle")).isPresent();
  }

  /** Whether its COMMIT is written on this server, and waits for a synchronous stand-by. */
  public boolean waitsForStandby() {
    return waitEventType.filter("IPC"::equals).isPresent()
        && waitEvent.filter("SyncRep"::equals).isPresent();
  }

  public boolean waitsForLock() {
    return waitEventType.filter("Lock"::equals).isPresent();
  }
}
