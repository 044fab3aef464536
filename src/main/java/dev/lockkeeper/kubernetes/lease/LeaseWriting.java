package dev.lockkeeper.kubernetes.lease;

import dev.lockkeeper.action.LeaseRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiErrors;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Resource;
import dev.lockkeeper.kubernetes.api.WriteOutcome;
import dev.lockkeeper.snapshot.SecondLook;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What is written into the Lease of a seat. Each write names the version that was seen, so that the
 * server refuses it when somebody else was faster. Safe for use by several threads.
 */
final class LeaseWriting {
  private static final Duration PARTING = Duration.ofSeconds(1);
  private static final String MANAGER = "?fieldManager=lockkeeper";

  private final ApiServer api;
  private final Resource leases;
  private final String name;
  private final LeaseElector.Pace pace;
  private final LeaseState state;
  private final ApiErrors words;

  LeaseWriting(
      ApiServer api, Resource leases, String name, LeaseElector.Pace pace, LeaseState state) {
    this.api = api;
    this.leases = leases;
    this.name = name;
    this.pace = pace;
    this.state = state;
    this.words = new ApiErrors(api.server());
  }

  /** Writes one that is there; what the server answers is known from then on. */
  CompletableFuture<Answer> put(LeaseObject lease, Duration limit) {
    long sent = System.nanoTime();
    String next = state.outgoing(lease, sent).json().toString();
    return api.put(leases.path(name) + MANAGER, next, limit)
        .thenApply(answer -> adopted(answer, sent));
  }

  private CompletableFuture<Answer> post(LeaseObject lease) {
    long sent = System.nanoTime();
    String next = state.outgoing(lease, sent).json().toString();
    return api.post(leases.path() + MANAGER, next, pace.limit())
        .thenApply(answer -> adopted(answer, sent));
  }

  private Answer adopted(Answer answer, long sent) {
    if (answer.ok()) {
      state.adopt(answer, sent);
    }
    return answer;
  }

  /** Takes the Lease if it still is whose the request says. */
  Outcome take(LeaseRequest request) {
    Optional<String> wrong = wrong(request);
    if (wrong.isPresent()) {
      return WriteOutcome.unsent(wrong.get());
    }
    LeaseObject lease;
    boolean there;
    try {
      Answer seen = api.get(leases.path(name), pace.limit()).get();
      there = seen.ok();
      if (!there && !(seen.code() == HttpURLConnection.HTTP_NOT_FOUND && seen.isStatus())) {
        return WriteOutcome.unsent(words.denied(seen, "get"));
      }
      Optional<LeaseObject> found = LeaseObject.of(seen, leases.namespace(), name);
      if (there && found.isEmpty()) {
        return WriteOutcome.unsent(LeaseObject.NO_LEASE);
      }
      lease = found.orElse(LeaseObject.absent(leases.namespace(), name));
    } catch (ExecutionException e) {
      return WriteOutcome.unsent(words.silence(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return WriteOutcome.unsent("interrupted");
    }
    return lease.holder().equals(request.from())
        ? write(lease.taken(request.to(), pace.promised(), SteadyClock.now()), there)
        : WriteOutcome.unsent(moved(lease.holder()));
  }

  private Optional<String> wrong(LeaseRequest request) {
    String me = state.me();
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
    try {
      Answer answer = (there ? put(taken, pace.limit()) : post(taken)).get();
      if (!answer.ok()) {
        return new WriteOutcome(words).of(answer, there ? "update" : "create");
      }
      state.keep(true);
      return Outcome.done("the lease is held by " + taken.holder().orElseThrow());
    } catch (ExecutionException e) {
      return new WriteOutcome(words).silence(e);
    } catch (InterruptedException e) {
      return WriteOutcome.interrupted();
    }
  }

  /** Puts a plan beside the Lease for whoever watches, or takes it away; only where it is ours. */
  Outcome publishSecondLook(Optional<SecondLook> look) {
    try {
      Optional<Answer> answer = shown(look);
      // Our own renewal may have been faster: then it is put beside what that has left.
      if (answer.filter(each -> each.code() == HttpURLConnection.HTTP_CONFLICT).isPresent()) {
        answer = shown(look);
      }
      return answer
          .map(this::shown)
          .orElse(WriteOutcome.unsent("the operator's lease is not ours"));
    } catch (ExecutionException e) {
      return new WriteOutcome(words).silence(e);
    } catch (InterruptedException e) {
      return WriteOutcome.interrupted();
    }
  }

  private Outcome shown(Answer answer) {
    return answer.ok()
        ? Outcome.done("whoever watches sees it")
        : new WriteOutcome(words).of(answer, "update");
  }

  /** The server's answer; nothing where the Lease is not ours, or there is none. */
  private Optional<Answer> shown(Optional<SecondLook> look)
      throws ExecutionException, InterruptedException {
    Answer seen = api.get(leases.path(name), pace.limit()).get();
    Optional<LeaseObject> lease =
        LeaseObject.of(seen, leases.namespace(), name).filter(state::ours);
    return lease.isPresent()
        ? Optional.of(put(lease.get().renewed(SteadyClock.now()).showing(look), pace.limit()).get())
        : Optional.empty();
  }

  /** Gives it back if it is ours; from now on it is not kept, whatever the server says. */
  boolean release() {
    state.keep(false);
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
    return LeaseObject.of(seen, leases.namespace(), name)
        .filter(state::ours)
        .map(lease -> put(lease.released(SteadyClock.now()), PARTING).thenApply(Answer::ok))
        .orElseGet(() -> CompletableFuture.completedFuture(false));
  }
}
