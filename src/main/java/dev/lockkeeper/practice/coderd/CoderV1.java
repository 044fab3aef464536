package dev.lockkeeper.practice.coderd;

import dev.lockkeeper.practice.cluster.Container;
import dev.lockkeeper.practice.cluster.ContainerRuntime.Spec;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A server of Coder v1, of which no more is needed than that it is there and answers. Its
 * migrations run in a container of their own, which ends when they are done.
 */
final class CoderV1 implements Container {
  private static final Pattern IMAGE = Pattern.compile(".*/coder-service:1\\.\\d+\\.\\d+");
  private static final int KILLED = 137;

  private final Optional<Listener> listener;
  private volatile OptionalInt exit = OptionalInt.empty();

  private CoderV1(Optional<Listener> listener) {
    this.listener = listener;
  }

  static boolean is(String image) {
    return IMAGE.matcher(image).matches();
  }

  static CoderV1 start(Spec spec, Consumer<String> log) {
    if (!spec.environment().containsKey("SKIP_MIGRATIONS")) {
      log.accept("migrations: the database is up to date");
      CoderV1 done = new CoderV1(Optional.empty());
      done.end(0);
      return done;
    }
    try {
      Listener listener = Listener.healthOnly(spec.address());
      listener.serve();
      log.accept("coderd: listening on :" + Listener.PORT);
      return new CoderV1(Optional.of(listener));
    } catch (IOException taken) {
      throw new IllegalStateException("port " + Listener.PORT + " is taken", taken);
    }
  }

  @Override
  public OptionalInt exitCode() {
    return exit;
  }

  @Override
  public void terminate() {
    end(0);
  }

  @Override
  public void kill() {
    end(KILLED);
  }

  private synchronized void end(int code) {
    if (exit.isEmpty()) {
      exit = OptionalInt.of(code);
      listener.ifPresent(Listener::close);
    }
  }
}
