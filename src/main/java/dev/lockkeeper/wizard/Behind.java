package dev.lockkeeper.wizard;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Database.PreparedTransaction;
import dev.lockkeeper.snapshot.Inspection;
import dev.lockkeeper.snapshot.Lock;
import dev.lockkeeper.snapshot.Masked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is behind each kind of row: a log and an object are read, all else is known already. */
final class Behind {
  private final PanelRows rows;
  private final ScreenState seen;

  Behind(PanelRows rows, ScreenState seen) {
    this.rows = rows;
    this.seen = seen;
  }

  /** What Enter opens. */
  Sheet of(PanelRow row) {
    return switch (row.kind()) {
      case POD ->
          rows.pod(row)
              .map(pod -> Sheet.asking(Inspection.log(pod.name(), pod.uid()), now()))
              .orElseThrow();
      case REPLICA_SET, DEPLOYMENT -> described(row).orElseThrow();
      case EVENT ->
          Sheet.known("event", rows.event(row).map(Behind::event).orElseThrow(), clusterAt());
      case SESSION -> Sheet.known("session " + row.place(), session(row), databaseAt());
      case FINDING ->
          Sheet.known("finding", rows.finding(row).map(this::finding).orElseThrow(), now());
    };
  }

  /** The object as the API has it; empty where the row is none. */
  Optional<Sheet> described(PanelRow row) {
    return switch (row.kind()) {
      case POD -> rows.pod(row).map(pod -> object(Inspection.Kind.POD, pod.name(), pod.uid()));
      case REPLICA_SET ->
          rows.replicaSet(row)
              .map(set -> object(Inspection.Kind.REPLICA_SET, set.name(), set.uid()));
      case DEPLOYMENT ->
          rows.deployment().map(one -> object(Inspection.Kind.DEPLOYMENT, one.name(), one.uid()));
      case EVENT, SESSION, FINDING -> Optional.empty();
    };
  }

  /** What is taken away of a row: what names it elsewhere, or what it says. */
  String taken(PanelRow row) {
    return switch (row.kind()) {
      case POD -> rows.pod(row).orElseThrow().name();
      case REPLICA_SET -> rows.replicaSet(row).orElseThrow().name();
      case DEPLOYMENT -> rows.deployment().orElseThrow().name();
      case EVENT -> String.join("\n", event(rows.event(row).orElseThrow()));
      case SESSION ->
          rows.session(row)
              .map(backend -> masked(backend.query()))
              .filter(query -> !query.isBlank())
              .orElse(row.id());
      case FINDING -> String.join("\n", finding(rows.finding(row).orElseThrow()));
    };
  }

  private Sheet object(Inspection.Kind kind, String name, String uid) {
    return Sheet.asking(Inspection.object(kind, name, uid), now());
  }

  private static List<String> event(ClusterEvent event) {
    List<String> lines = new ArrayList<>();
    lines.add(event.type() + " " + event.reason());
    lines.add("about  " + event.kind().toLowerCase(Locale.ROOT) + "/" + event.object());
    lines.add("count  " + event.count());
    lines.add("last   " + event.lastAt());
    lines.add("");
    lines.addAll(Paragraph.of(masked(event.message())));
    return lines;
  }

  private List<String> session(PanelRow row) {
    Optional<Backend> backend = rows.session(row);
    List<String> lines = new ArrayList<>();
    backend.ifPresentOrElse(
        one -> lines.addAll(session(one)),
        () -> lines.addAll(prepared(row.place()).orElse(List.of("a session of another database"))));
    lines.add("");
    lines.add("Locks");
    List<Lock> locks = locks(row.place());
    locks.forEach(lock -> lines.add("  " + lock(lock)));
    if (locks.isEmpty()) {
      lines.add("  none that anybody waits for, and none kept in an idle transaction");
    }
    backend.ifPresent(
        one -> {
          lines.add("");
          lines.add(one.hidden() ? "Query: hidden from our role" : "Query, as far as it is read");
          lines.addAll(Paragraph.of(masked(one.query())));
        });
    return lines;
  }

  private static List<String> session(Backend backend) {
    List<String> lines = new ArrayList<>();
    lines.add("pid          " + backend.pid() + ", began " + backend.backendStart());
    lines.add("role         " + (backend.user().isEmpty() ? "none" : backend.user()));
    lines.add("from         " + backend.address().orElse("a local socket, or hidden"));
    lines.add("application  " + (backend.application().isEmpty() ? "-" : backend.application()));
    lines.add("type         " + backend.client().type().orElse("hidden"));
    lines.add("state        " + backend.state().orElse("hidden") + aged(backend.stateAge()));
    lines.add(
        "transaction  "
            + backend.transactionAge().map(age -> "open for " + Durations.of(age)).orElse("none")
            + (backend.activity().wrote() ? ", has written" : ""));
    backend
        .activity()
        .waitEvent()
        .ifPresent(
            event ->
                lines.add(
                    "waits for    "
                        + backend.activity().waitEventType().orElse("")
                        + ": "
                        + event));
    return lines;
  }

  private static String aged(Optional<Duration> age) {
    return age.map(time -> " for " + Durations.of(time)).orElse("");
  }

  private Optional<List<String>> prepared(int place) {
    return database().flatMap(one -> one.prepared(place)).map(Behind::prepared);
  }

  private static List<String> prepared(PreparedTransaction one) {
    return List.of(
        "prepared transaction  " + one.gid(),
        "owner                 " + one.owner(),
        "prepared              " + one.preparedAt() + ", " + Durations.of(one.age()) + " ago");
  }

  private List<Lock> locks(int pid) {
    return database().stream()
        .flatMap(one -> one.locks().stream())
        .filter(lock -> lock.pid().filter(owner -> owner == pid).isPresent())
        .toList();
  }

  private static String lock(Lock lock) {
    return "%s %s of %s %s"
        .formatted(
            lock.granted() ? "holds" : "waits for",
            lock.mode(),
            lock.type(),
            lock.relation().orElse(lock.key()))
        .strip();
  }

  private List<String> finding(Finding finding) {
    List<String> lines = new ArrayList<>(Paragraph.of(finding.headline()));
    part(lines, "Seen", finding.evidence().stream().map(each -> "- " + each.text()).toList());
    part(lines, "Sure", List.of(finding.certainty().word()));
    part(lines, "It could also be", finding.alike().stream().map(each -> "- " + each).toList());
    part(lines, "Do", List.of(finding.advice().text()));
    part(lines, "Do not", finding.notThis().isEmpty() ? List.of() : List.of(finding.notThis()));
    part(lines, "See", List.of(finding.advice().answeredBy()));
    return lines;
  }

  private static void part(List<String> lines, String label, List<String> texts) {
    if (!texts.isEmpty()) {
      lines.add("");
      lines.add(label);
      texts.forEach(text -> Paragraph.of(text).forEach(line -> lines.add("  " + line)));
    }
  }

  private static String masked(String text) {
    return Masked.of(text).text();
  }

  private Optional<Database> database() {
    return seen.snapshot().database().value();
  }

  private Instant now() {
    return seen.snapshot().now();
  }

  private Instant clusterAt() {
    return seen.snapshot().cluster().at();
  }

  private Instant databaseAt() {
    return seen.snapshot().database().at();
  }
}
