package dev.lockkeeper.story;

import dev.lockkeeper.snapshot.Backend;
import java.time.Duration;
import java.util.Optional;

/** Sessions of every kind. */
public final class Sessions {
  private static final Backend CODERD =
      new Backend(
          new Backend.SessionId(1, "2026-03-04 18:00:00.000001+00"),
          new Backend.Client(
              "coder", "", Optional.of("10.42.0.10"), Optional.of("client backend"), false),
          Optional.empty(),
          new Backend.Activity(
              Optional.of("idle"),
              Optional.empty(),
              Optional.empty(),
              false,
              Optional.empty(),
              Optional.of(Duration.ofSeconds(2)),
              "SELECT 1",
              Backend.Pulse.UNKNOWN),
          false);

  private Sessions() {}

  /** One of coderd's. */
  public static Backend from(int pid, String address) {
    return Altered.of(Altered.of(CODERD, "pid", pid), "address", Optional.of(address));
  }

  /** One of a tool that names itself. */
  public static Backend of(int pid, String application) {
    return Altered.of(from(pid, "10.0.9.9"), "application", application);
  }

  /** One whose process is of this type and serves no role, such as an autovacuum worker. */
  public static Backend server(int pid, String type) {
    Backend nobody = Altered.of(Altered.of(CODERD, "pid", pid), "user", "");
    return Altered.of(Altered.of(nobody, "address", Optional.empty()), "type", Optional.of(type));
  }

  /** One of another role, into which ours may not look. */
  public static Backend hidden(int pid) {
    return new Backend(
        new Backend.SessionId(pid, ""),
        new Backend.Client("postgres", "", Optional.empty(), Optional.empty(), false),
        Optional.empty(),
        Backend.Activity.UNKNOWN,
        true);
  }

  /** The same, waiting for a lock. */
  public static Backend waiting(Backend session) {
    return Altered.of(
        Altered.of(session, "waitEventType", Optional.of("Lock")),
        "waitEvent",
        Optional.of("relation"));
  }
}
