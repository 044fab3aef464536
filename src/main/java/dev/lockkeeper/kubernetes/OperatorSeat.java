package dev.lockkeeper.kubernetes;

import dev.lockkeeper.action.LeaseRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.OperatorLease;
import dev.lockkeeper.snapshot.SecondLook;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

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
public final class OperatorSeat implements AutoCloseable {
  /**
   * How often something is done.
   *
   * @param look how often the Lease is read
   * @param renewal how often it is renewed
   * @param promised for how long it is good without being renewed
   * @param limit how long an answer may take
   */
  record Pace(Duration look, Duration renewal, Duration promised, Duration limit) {
    static final Pace ORDINARY =
        new Pace(
            Duration.ofSeconds(2),
            Duration.ofSeconds(8),
            Duration.ofSeconds(30),
            Duration.ofMillis(2_500));
  }

  private static final Duration PARTING = Duration.ofSeconds(1);
  private static final String MANAGER = "?fieldManager=lockkeeper";

  private final ApiServer api;
  private final Resource leases;
  private final String name;
  private final Pace pace;
  private final Trouble words;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(OperatorSeat::daemon);

  private String me = "";
  private Runnable changed = () -> {};
  private boolean watching;
  private boolean left;
  private Optional<String> anchor = Optional.empty();
  private LeaseSight sight = LeaseSight.notYet();
  private int turn;
  private long renewed;
  private long tried;

  OperatorSeat(ApiServer api, String namespace, String deployment, Pace pace) {
    this.api = api;
    this.leases = new Resource("apis/coordination.k8s.io/v1", namespace, "leases");
    this.name = lease(deployment);
    this.pace = pace;
    this.words = new Trouble(api.server());
    this.renewed = System.nanoTime() - pace.renewal().plus(pace.promised()).toNanos();
    this.tried = renewed;
  }

  /** The name of the Lease of those who act on this Deployment. */
  static String lease(String deployment) {
    return "lockkeeper-" + deployment;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "lockkeeper-lease");
    thread.setDaemon(true);
    return thread;
  }

  /** As whom we sit here; a Lease that is held by this name already is renewed from now on. */
  synchronized void as(String identity) {
    me = identity;
    left = false;
  }

  /** Begins to look, unless that was begun before; {@code changed} is run after each look. */
  synchronized void watch(Runnable told) {
    changed = told;
    if (!watching) {
      watching = true;
      schedule(Duration.ZERO);
    }
  }

  /** Who holds the Lease, as far as is known now. */
  synchronized Observed<OperatorLease> seen() {
    return sight.observed(name, me, System.nanoTime());
  }

  /**
   * The newest entry of the journal, which is written into the Lease when it is renewed next.
   *
   * @param head the hash of the newest line
   * @param lines how many lines there are
   */
  public synchronized void anchor(String head, long lines) {
    anchor = Optional.of(head + " " + lines);
  }

  private void look() {
    int mine = turn();
    api.get(leases.path(name), pace.limit())
        .whenComplete((answer, failure) -> later(() -> looked(mine, answer, failure)));
  }

  private synchronized int turn() {
    return turn;
  }

  /** What was asked before something was written is out of date. */
  private void looked(int asked, Answer answer, Throwable failure) {
    Optional<LeaseObject> due = Optional.empty();
    synchronized (this) {
      if (asked == turn) {
        sight = failure == null ? read(answer) : sight.lost(words.silence(failure));
        due = due();
      }
    }
    changed().run();
    due.ifPresentOrElse(this::renew, () -> schedule(pace.look()));
  }

  private LeaseSight read(Answer answer) {
    if (answer.ok()) {
      LeaseObject lease = new LeaseObject(answer.json());
      // Nobody but us changes what is ours: it is as old as our own last attempt to renew it.
      return sight.read(lease, lease.heldBy(me) ? tried : System.nanoTime());
    }
    return switch (answer.code()) {
      case HttpURLConnection.HTTP_NOT_FOUND -> sight.absent();
      case HttpURLConnection.HTTP_FORBIDDEN ->
          LeaseSight.forbidden(
              "403: may not read leases in namespace %s: ask for get, create and update on leases"
                  .formatted(leases.namespace()));
      default -> sight.lost(words.refusal(answer, "get", leases));
    };
  }

  private synchronized Runnable changed() {
    return changed;
  }

  /** The Lease to renew, if it is ours and time to do so. */
  private Optional<LeaseObject> due() {
    long now = System.nanoTime();
    boolean time =
        now - renewed >= pace.renewal().toNanos() && now - tried >= pace.look().toNanos();
    return sight
        .lease()
        .filter(each -> time && !left && sight.reason().isEmpty() && each.heldBy(me));
  }

  private void renew(LeaseObject lease) {
    long sent = System.nanoTime();
    LeaseObject next;
    synchronized (this) {
      tried = sent;
      turn++;
      next = lease.renewed(Instant.now()).anchored(anchor);
    }
    put(next, pace.limit())
        .whenComplete(
            (answer, failure) ->
                later(
                    () -> {
                      boolean good = failure == null && answer.ok();
                      if (good) {
                        adopt(answer, sent);
                        changed().run();
                      }
                      schedule(good ? pace.look() : Duration.ZERO);
                    }));
  }

  /** It is as the server answered; its time has counted since we sent it. */
  private synchronized void adopt(Answer answer, long sent) {
    turn++;
    renewed = sent;
    sight = sight.read(new LeaseObject(answer.json()), sent);
  }

  private CompletableFuture<Answer> put(LeaseObject lease, Duration limit) {
    return api.put(leases.path(name) + MANAGER, lease.json().toString(), limit);
  }

  /** Takes the Lease if it still is whose the request says, and keeps it from then on. */
  Outcome take(LeaseRequest request) {
    Optional<String> wrong = wrong(request);
    if (wrong.isPresent()) {
      return Judgement.unsent(wrong.get());
    }
    LeaseObject lease;
    boolean there;
    try {
      Answer seen = api.get(leases.path(name), pace.limit()).get();
      there = seen.ok();
      if (!there && seen.code() != HttpURLConnection.HTTP_NOT_FOUND) {
        return Judgement.unsent(words.denied(seen, "get"));
      }
      lease = there ? new LeaseObject(seen.json()) : LeaseObject.absent(leases.namespace(), name);
    } catch (ExecutionException e) {
      return Judgement.unsent(words.silence(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Judgement.unsent("interrupted");
    }
    return lease.holder().equals(request.from())
        ? write(lease.taken(request.to(), pace.promised(), Instant.now()), there)
        : Judgement.unsent(moved(lease.holder()));
  }

  private synchronized Optional<String> wrong(LeaseRequest request) {
    if (!request.to().equals(me)) {
      return Optional.of("this session is %s and not %s".formatted(me, request.to()));
    }
    boolean another =
        !request.lease().equals(name) || !request.namespace().equals(leases.namespace());
    return another
        ? Optional.of(
            "this session watches lease/%s and not lease/%s".formatted(name, request.lease()))
        : Optional.empty();
  }

  private static String moved(Optional<String> holder) {
    return "the lease is no longer what you saw: "
        + holder.map(who -> "it is held by " + who).orElse("nobody holds it");
  }

  private Outcome write(LeaseObject taken, boolean there) {
    long sent = System.nanoTime();
    LeaseObject next;
    synchronized (this) {
      tried = sent;
      turn++;
      next = taken.anchored(anchor);
    }
    try {
      Answer answer =
          there
              ? put(next, pace.limit()).get()
              : api.post(leases.path() + MANAGER, next.json().toString(), pace.limit()).get();
      if (!answer.ok()) {
        return new Judgement(words).of(answer, there ? "update" : "create");
      }
      take(answer, sent);
      return Outcome.done("the lease is held by " + taken.holder().orElseThrow());
    } catch (ExecutionException e) {
      return new Judgement(words).silence(e);
    } catch (InterruptedException e) {
      return Judgement.interrupted();
    }
  }

  /** Who else holds the Lease now, read anew; empty when nobody else does, or nobody can tell. */
  Optional<String> usurper() {
    try {
      Answer seen = api.get(leases.path(name), pace.limit()).get();
      String us;
      synchronized (this) {
        us = me;
      }
      return seen.ok()
          ? new LeaseObject(seen.json()).holder().filter(holder -> !holder.equals(us))
          : Optional.empty();
    } catch (ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private void take(Answer answer, long sent) {
    adopt(answer, sent);
    synchronized (this) {
      left = false;
    }
    changed().run();
  }

  /** Puts a plan beside the Lease for whoever watches, or takes it away; only where it is ours. */
  Outcome show(Optional<SecondLook> look) {
    try {
      Optional<Answer> answer = shown(look);
      // Our own renewal may have been faster: then it is put beside what that has left.
      if (answer.filter(each -> each.code() == HttpURLConnection.HTTP_CONFLICT).isPresent()) {
        answer = shown(look);
      }
      return answer.map(this::shown).orElse(Judgement.unsent("the operator's lease is not ours"));
    } catch (ExecutionException e) {
      return new Judgement(words).silence(e);
    } catch (InterruptedException e) {
      return Judgement.interrupted();
    }
  }

  private Outcome shown(Answer answer) {
    return answer.ok()
        ? Outcome.done("whoever watches sees it")
        : new Judgement(words).of(answer, "update");
  }

  /** The server's answer; nothing where the Lease is not ours, or there is none. */
  private Optional<Answer> shown(Optional<SecondLook> look)
      throws ExecutionException, InterruptedException {
    Answer seen = api.get(leases.path(name), pace.limit()).get();
    LeaseObject lease = new LeaseObject(seen.json());
    LeaseObject next;
    synchronized (this) {
      if (!seen.ok() || !lease.heldBy(me)) {
        return Optional.empty();
      }
      turn++;
      next = lease.renewed(Instant.now()).anchored(anchor).showing(look);
    }
    long sent = System.nanoTime();
    Answer answer = put(next, pace.limit()).get();
    if (answer.ok()) {
      adopt(answer, sent);
    }
    return Optional.of(answer);
  }

  /**
   * Gives the Lease back if it is ours, and renews it no more; takes a second at most. One that
   * cannot be given back expires by itself.
   *
   * @return whether it was given back
   */
  public boolean release() {
    synchronized (this) {
      left = true;
      turn++;
    }
    try {
      return api.get(leases.path(name), PARTING)
          .thenCompose(this::give)
          .get(PARTING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private CompletableFuture<Boolean> give(Answer seen) {
    LeaseObject lease = new LeaseObject(seen.json());
    boolean ours;
    LeaseObject next;
    synchronized (this) {
      ours = seen.ok() && lease.heldBy(me);
      next = lease.released(Instant.now()).anchored(anchor);
    }
    Function<Answer, Boolean> given =
        answer -> {
          if (answer.ok()) {
            adopt(answer, System.nanoTime());
          }
          return answer.ok();
        };
    return ours ? put(next, PARTING).thenApply(given) : CompletableFuture.completedFuture(false);
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
