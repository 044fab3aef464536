package dev.lockkeeper.kubernetes.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiErrors;
import dev.lockkeeper.kubernetes.api.ApiException;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Json;
import dev.lockkeeper.kubernetes.api.Resource;
import dev.lockkeeper.kubernetes.facts.CoderContainer;
import dev.lockkeeper.kubernetes.facts.ObjectText;
import dev.lockkeeper.snapshot.Inspected;
import dev.lockkeeper.snapshot.Inspection;
import dev.lockkeeper.snapshot.Observed;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads one object, or follows one log, for whoever looks at it: nothing is concluded from it. One
 * thing at a time; what is asked for next ends what was asked for before. All of it happens on a
 * thread of its own.
 */
public final class Inspector implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final ApiServer api;
  private final ApiErrors words;
  private final String namespace;
  private final Consumer<Inspected> sink;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread daemon = new Thread(work, "lockkeeper-inspect");
            daemon.setDaemon(true);
            return daemon;
          });

  private Optional<Inspection> wanted = Optional.empty();
  private Optional<FollowedLog> log = Optional.empty();

  /**
   * @param sink takes what was read, on the thread of this inspector; it must not block
   */
  public Inspector(ApiServer api, String namespace, Consumer<Inspected> sink) {
    this.api = api;
    this.words = new ApiErrors(api.server());
    this.namespace = namespace;
    this.sink = sink;
  }

  /** From now on this is read, or nothing; comes back at once. */
  public void read(Optional<Inspection> inspection) {
    submit(() -> begin(inspection));
  }

  private void begin(Optional<Inspection> inspection) {
    log.ifPresent(FollowedLog::close);
    log = Optional.empty();
    wanted = inspection;
    inspection.ifPresent(this::ask);
  }

  private void ask(Inspection asked) {
    Resource resource = resource(asked);
    // Of ReplicaSets only lists are read: nobody needs another right to look at one.
    boolean listed = asked.kind() == Inspection.Kind.REPLICA_SET;
    String path =
        listed
            ? resource.query(Map.of("fieldSelector", "metadata.name=" + asked.name()))
            : resource.path(asked.name());
    api.get(path, LIMIT)
        .whenComplete(
            (answer, failure) ->
                submit(
                    () -> {
                      if (failure == null) {
                        answered(asked, resource, answer);
                      } else {
                        tell(unread(asked, words.silence(failure)));
                      }
                    }));
  }

  private Resource resource(Inspection asked) {
    return switch (asked.kind()) {
      case LOG, POD -> Resource.core(namespace, "pods");
      case REPLICA_SET -> Resource.apps(namespace, "replicasets");
      case DEPLOYMENT -> Resource.apps(namespace, "deployments");
    };
  }

  private void answered(Inspection asked, Resource resource, Answer answer) {
    JsonNode whole = answer.json();
    JsonNode found = answer.isList() ? whole.path("items").path(0) : whole;
    if (answer.code() == 404 || answer.ok() && found.isMissingNode()) {
      tell(unread(asked, "it is gone"));
    } else if (!answer.ok()) {
      String why = words.refusal(answer, "get", resource);
      tell(
          Inspected.unread(
              asked,
              answer.refused()
                  ? Observed.forbidden(why, SteadyClock.now())
                  : Observed.unknown(why, SteadyClock.now())));
    } else if (!found.at("/metadata/uid").asText().equals(asked.uid())) {
      tell(unread(asked, "it is gone; another one has its name now"));
    } else if (asked.kind() == Inspection.Kind.LOG) {
      follow(asked, found);
    } else {
      tell(
          new Inspected(
              asked,
              Observed.known(ObjectText.of(found), SteadyClock.now()),
              List.of(),
              "",
              0,
              true));
    }
  }

  private void follow(Inspection asked, JsonNode found) {
    if (wanted.filter(asked::equals).isEmpty()) {
      return;
    }
    try {
      Pod pod = Json.read(found, Pod.class);
      List<String> containers = CoderContainer.names(pod);
      String container =
          asked.container().isEmpty() ? CoderContainer.atWork(pod).orElse("") : asked.container();
      FollowedLog followed =
          new FollowedLog(asked, containers, container, read -> submit(() -> tell(read)));
      log = Optional.of(followed);
      followed.begin(api, Resource.core(namespace, "pods"));
      beat(followed);
    } catch (ApiException e) {
      tell(unread(asked, e.getMessage()));
    }
  }

  /** What came meanwhile is told together. */
  private void beat(FollowedLog followed) {
    if (log.filter(followed::equals).isPresent()) {
      followed.tellNews();
      schedule(() -> beat(followed), FollowedLog.PACE);
    }
  }

  private void tell(Inspected read) {
    if (wanted.filter(read.of()::equals).isPresent()) {
      sink.accept(read);
    }
  }

  private static Inspected unread(Inspection asked, String why) {
    return Inspected.unread(asked, Observed.unknown(why, SteadyClock.now()));
  }

  private void submit(Runnable work) {
    schedule(work, Duration.ZERO);
  }

  private void schedule(Runnable work, Duration delay) {
    try {
      thread.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // Nobody waits for it any more.
    }
  }

  @Override
  public void close() {
    submit(
        () -> {
          begin(Optional.empty());
          thread.shutdownNow();
        });
  }
}
