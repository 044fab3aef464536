package dev.lockkeeper.snapshot;

import java.time.Duration;
import java.util.Optional;

/**
 * A server process that serves one session ({@code pg_stat_activity}). An empty value was hidden
 * from our role or does not apply; it never means idle.
 *
 * @param id which session it is
 * @param client who is connected
 * @param leader the leader's pid, for a parallel worker
 * @param activity what it does
 * @param hidden whether our role may not look into it
 */
public record Backend(
    SessionId id, Client client, Optional<Integer> leader, Activity activity, boolean hidden) {
  /** A transaction that is open for less is no stay. */
  private static final Duration PASSING = Duration.ofSeconds(5);

  /**
   * A session and no other.
   *
   * @param pid its process id, which may be used again by a later session
   * @param backendStart when it started, as text with microseconds
   */
  public record SessionId(int pid, String backendStart) {}

  /**
   * Who is connected.
   *
   * @param user the role; empty for a background process
   * @param application the {@code application_name}; coderd sets none by itself, but its URL, its
   *     environment or its role may
   * @param address the client's address; empty for a local socket or when hidden
   * @param type such as {@code client backend}
   * @param superuser whether its role is a superuser
   */
  public record Client(
      String user,
      String application,
      Optional<String> address,
      Optional<String> type,
      boolean superuser) {}

  /**
   * What a session does.
   *
   * @param state such as {@code active} or {@code idle in transaction}
   * @param waitEventType such as {@code Lock} or {@code Client}
   * @param waitEvent such as {@code relation} or {@code advisory}
   * @param wrote whether its transaction has written
   * @param transactionAge for how long its transaction is open
   * @param stateAge for how long it is in its state
   * @param query its present or, when it is idle, its last statement: at most 300 characters, raw
   * @param pulse since when it lives, and when its client spoke last
   */
  public record Activity(
      Optional<String> state,
      Optional<String> waitEventType,
      Optional<String> waitEvent,
      boolean wrote,
      Optional<Duration> transactionAge,
      Optional<Duration> stateAge,
      String query,
      Pulse pulse) {
    /** Nothing of it was seen. */
    public static final Activity UNKNOWN =
        new Activity(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            "",
            Pulse.UNKNOWN);
  }

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

  /** The same under another application name. */
  public Backend called(String name) {
    Client renamed = new Client(client.user, name, client.address, client.type, client.superuser);
    return new Backend(id, renamed, leader, activity, hidden);
  }

  public int pid() {
    return id.pid();
  }

  public String backendStart() {
    return id.backendStart();
  }

  public String user() {
    return client.user();
  }

  public String application() {
    return client.application();
  }

  public Optional<String> address() {
    return client.address();
  }

  public Optional<String> state() {
    return activity.state();
  }

  public Optional<Duration> transactionAge() {
    return activity.transactionAge();
  }

  public Optional<Duration> stateAge() {
    return activity.stateAge();
  }

  public String query() {
    return activity.query();
  }

  /**
   * Whether it keeps its transaction open: it is idle in it, or works in it for some seconds
   * already. What is over sooner is in nobody's way. The server's own workers give way by
   * themselves, but for the vacuum against wraparound.
   */
  public boolean staysInTransaction() {
    boolean busy =
        transactionAge().filter(age -> age.compareTo(PASSING) > 0).isPresent()
            && (client.type().map("client backend"::equals).orElse(!user().isEmpty())
                || query().contains("to prevent wraparound"));
    return idleInTransaction() || busy;
  }

  public boolean idleInTransaction() {
    return state().filter(text -> text.startsWith("idle in transaction")).isPresent();
  }

  /** Whether the server has answered all that was sent, and waits for its client to speak. */
  public boolean waitsForClient() {
    return activity.waitEvent().filter("ClientRead"::equals).isPresent()
        && state().filter(text -> text.startsWith("idle")).isPresent();
  }

  /** Whether its COMMIT is written on this server, and waits for a synchronous standby. */
  public boolean waitsForStandby() {
    return activity.waitEventType().filter("IPC"::equals).isPresent()
        && activity.waitEvent().filter("SyncRep"::equals).isPresent();
  }

  public boolean waitsForLock() {
    return activity.waitEventType().filter("Lock"::equals).isPresent();
  }
}
