package dev.lockkeeper.practice.cluster;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Containers that answer probes at their pods' addresses, as a test wants them to. */
final class ScriptedRuntime implements ContainerRuntime, AutoCloseable {
  final List<Spec> started = new CopyOnWriteArrayList<>();
  final List<Scripted> containers = new CopyOnWriteArrayList<>();
  volatile boolean deafToTerminate;
  volatile boolean crashing;
  volatile boolean hungry;
  volatile Optional<String> noImage = Optional.empty();
  volatile Health health = Health.WELL;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** How containers answer probes. */
  enum Health {
    WELL,
    SICK,
    HANGING
  }

  @Override
  public Optional<String> pull(String image) {
    return noImage;
  }

  @Override
  public Container start(Spec spec, Consumer<String> log) {
    started.add(spec);
    log.accept("started " + spec.image() + " run " + started.size());
    Scripted container = new Scripted(spec, log);
    containers.add(container);
    if (crashing) {
      container.end(hungry ? 137 : 1);
    }
    return container;
  }

  long running() {
    return containers.stream().filter(one -> one.exitCode().isEmpty()).count();
  }

  @Override
  public void close() {
    containers.forEach(Container::kill);
    threads.shutdownNow();
  }

  final class Scripted implements Container {
    private final HttpServer server;
    private final Consumer<String> log;
    private volatile OptionalInt exit = OptionalInt.empty();

    private Scripted(Spec spec, Consumer<String> log) {
      this.log = log;
      try {
        server = HttpServer.create(new InetSocketAddress(spec.address(), 8080), 0);
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
      server.setExecutor(threads);
      server.createContext(
          "/",
          exchange -> {
            if (health == Health.HANGING) {
              pause();
            }
            exchange.sendResponseHeaders(health == Health.WELL ? 200 : 503, -1);
            exchange.close();
          });
      server.start();
    }

    private static void pause() {
      try {
        Thread.sleep(5000);
      } catch (InterruptedException over) {
        Thread.currentThread().interrupt();
      }
    }

    void end(int code) {
      if (exit.isEmpty()) {
        log.accept("ended " + code);
        exit = OptionalInt.of(code);
        server.stop(0);
      }
    }

    @Override
    public OptionalInt exitCode() {
      return exit;
    }

    @Override
    public boolean outOfMemory() {
      return hungry;
    }

    @Override
    public void terminate() {
      if (!deafToTerminate) {
        end(0);
      }
    }

    @Override
    public void kill() {
      end(137);
    }
  }
}
