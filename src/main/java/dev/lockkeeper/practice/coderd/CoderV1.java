package dev.lockkeeper.practice.coderd;

import dev.lockkeeper.practice.cluster.Container;
import dev.lockkeeper.practice.cluster.ContainerRuntime.Spec;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A server of Coder v1, of which no more is needed than that it is there and answers. */
final class CoderV1 implements Container {
  private static final Pattern IMAGE = Pattern.compile(".*/coder-service:1\\.\\d+\\.\\d+");
  private static final int KILLED = 137;

  private final Listener listener;
  private volatile OptionalInt exit = OptionalInt.empty();

  private CoderV1(Listener listener) {
    this.listener = listener;
  }

  static boolean is(String image) {
    return IMAGE.matcher(image).matches();
  }

  static CoderV1 start(Spec spec, Consumer<String> log) {
    try {
      Listener listener = Listener.healthOnly(spec.address());
      listener.serve();
      log.accept("coderd: listening on :" + Listener.PORT);
      return new CoderV1(listener);
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
      listener.close();
    }
  }
}
