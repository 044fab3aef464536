package dev.lockkeeper.kubernetes.lease;

import dev.lockkeeper.action.LeaseRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiErrors;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Resource;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.OperatorLease;
import dev.lockkeeper.snapshot.SecondLook;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The seat of the one operator who acts on a Deployment: its Lease, which is looked at all the time
 * and renewed as long as it is ours.
 *
 * <pre>
 *   look --ours, and due--> renew --> look ...      every 2 s; renewed every 8 s, good for 30 s
 * </pre>
 *
 * <p>Nobody is fought: each write names the version that was seen, and where somebody else holds
 * the Lease nothing is written. Safe for use by several threads.
 */
public final class LeaseElector implements AutoCloseable {
  /**
   * How often something is done.
   *
   * @param look how often the Lease is read
   * @param renewal how often it is renewed
   * @param promised for how long it is good without being renewed
   * @param limit how long an answer may take
   */
  public record Pace(Duration look, Duration renewal, Duration promised, Duration limit) {
    public static final Pace ORDINARY =
        new Pace(
            Duration.ofSeconds(2),
            Duration.ofSeconds(8),
            Duration.ofSeconds(30),
            Duration.ofMillis(2_500));
  }

  private final ApiServer api;
  private final Resource leases;
  private final String name;
  private final Pace pace;
  private final ApiErrors words;
  private final LeaseState state;
  private final LeaseWriting writing;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(LeaseElector::daemon);

  private Runnable changed = () -> {};
  private boolean watching;

  public LeaseElector(ApiServer api, String namespace, String deployment, Pace pace) {
    this.api = api;
    this.leases = new Resource("apis/coordination.k8s.io/v1", namespace, "leases");
    this.name = lease(deployment);
    this.pace = pace;
    this.words = new ApiErrors(api.server());
    this.state = new LeaseState(pace);
    this.writing = new LeaseWriting(api, leases, name, pace, state);
  }

  /** The name of the Lease of those who act on this Deployment. */
  public static String lease(String deployment) {
    return "lockkeeper-" + deployment;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "lockkeeper-lease");
    thread.setDaemon(true);
    return thread;
  }

  /** As whom we sit here; a Lease that is held by this name already is renewed from now on. */
  public void as(String identity) {
    state.as(identity);
  }

  /** Begins to look, unless that was begun before; {@code changed} is run after each look. */
  public synchronized void watch(Runnable told) {
    changed = told;
    if (!watching) {
      watching = true;
      schedule(Duration.ZERO);
    }
  }

  /** Who holds the Lease, as far as is known now. */
  public Observed<OperatorLease> seen() {
    return state.observed(name);
  }

  /**
   * The newest entry of the journal, which is written into the Lease when it is renewed next.
   *
   * @param head as it is to stand there
   */
  public void anchor(String head) {
    state.anchor(head);
  }

  /** Looks once, and says what was seen; blocks for some seconds at most. */
  public Observed<OperatorLease> glance() {
    ask();
    return seen();
  }

  /**
   * Why nothing may be sent, with the Lease read anew; empty when it is ours or nobody's, and when
   * the server says that we may not read it. The server's own answer is judged: what is kept of the
   * Lease passes over an answer that came while we were writing.
   */
  public Optional<String> unseated() {
    Instant before = state.written();
    ObservedLease seen = ask();
    if (!seen.reason().isEmpty()) {
      return seen.denied()
          ? Optional.empty()
          : Optional.of("who holds the operator's lease now is not known: " + seen.reason());
    }
    Optional<LeaseObject> lease = seen.lease();
    // A cache on the way may answer with what has long been replaced: our own renewals tell.
    return lease
            .filter(each -> each.heldBy(state.me()) && each.renewedAt().isBefore(before))
            .isPresent()
        ? Optional.of("the answer about the operator's lease is older than what we wrote ourselves")
        : lease
            .flatMap(LeaseObject::holder)
            .filter(holder -> !holder.equals(state.me()))
            .map("%s holds the operator's lease now"::formatted);
  }

  /** Asks once; what the answer says by itself. */
  private ObservedLease ask() {
    int asked = state.turn();
    ObservedLease nothing = ObservedLease.notYet();
    try {
      Answer answer = api.get(leases.path(name), pace.limit()).get();
      state.saw(asked, sight -> read(sight, answer));
      return read(nothing, answer);
    } catch (ExecutionException e) {
      state.saw(asked, sight -> sight.lost(words.silence(e)));
      return nothing.lost(words.silence(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return nothing.lost("interrupted");
    }
  }

  private void look() {
    int asked = state.turn();
    api.get(leases.path(name), pace.limit())
        .whenComplete((answer, failure) -> later(() -> looked(asked, answer, failure)));
  }

  private void looked(int asked, Answer answer, Throwable failure) {
    state.saw(
        asked, sight -> failure == null ? read(sight, answer) : sight.lost(words.silence(failure)));
    Optional<LeaseObject> due = asked == state.turn() ? state.due() : Optional.empty();
    changed().run();
    due.ifPresentOrElse(this::renew, () -> schedule(pace.look()));
  }

  private ObservedLease read(ObservedLease sight, Answer answer) {
    if (answer.ok()) {
      return LeaseObject.of(answer, leases.namespace(), name)
          .map(state::read)
          .orElseGet(() -> sight.lost(LeaseObject.NO_LEASE));
    }
    // A proxy on the way knows nothing of leases, whatever it says.
    if (!answer.isStatus()) {
      return sight.lost(words.refusal(answer, "get", leases));
    }
    return switch (answer.code()) {
      case HttpURLConnection.HTTP_NOT_FOUND -> sight.absent();
      case HttpURLConnection.HTTP_FORBIDDEN ->
          ObservedLease.forbidden(
              "403: may not read leases in namespace %s: ask for get, create and update on leases"
                  .formatted(leases.namespace()));
      default -> sight.lost(words.refusal(answer, "get", leases));
    };
  }

  private synchronized Runnable changed() {
    return changed;
  }

  private void renew(LeaseObject lease) {
    writing
        .put(lease.renewed(SteadyClock.now()), pace.limit())
        .whenComplete((answer, failure) -> later(() -> renewed(failure == null && answer.ok())));
  }

  private void renewed(boolean good) {
    if (good) {
      changed().run();
    }
    schedule(good ? pace.look() : Duration.ZERO);
  }

  /** Takes the Lease if it still is whose the request says, and keeps it from then on. */
  public Outcome take(LeaseRequest request) {
    Outcome outcome = writing.take(request);
    changed().run();
    return outcome;
  }

  /** Puts a plan beside the Lease for whoever watches, or takes it away; only where it is ours. */
  public Outcome publishSecondLook(Optional<SecondLook> look) {
    return writing.publishSecondLook(look);
  }

  /**
   * Gives the Lease back if it is ours, and renews it no more; takes a second at most. One that
   * cannot be given back expires by itself.
   *
   * @return whether it was given back
   */
  public boolean release() {
    return writing.release();
  }

  private void schedule(Duration delay) {
    try {
      thread.schedule(this::look, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // Closed in the meantime: nobody waits for it.
    }
  }

  private void later(Runnable work) {
    try {
      thread.execute(work);
    } catch (RejectedExecutionException e) {
      // Closed in the meantime: nobody waits for it.
    }
  }

  /** Stops looking and renewing; whatever is held stays held until it expires. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
