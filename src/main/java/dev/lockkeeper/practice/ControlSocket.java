package dev.lockkeeper.practice;

import dev.lockkeeper.worlds.WorldOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The world's door, a UNIX domain socket. Who is connected holds the world; the line {@code leave}
 * ends it; when the last one vanishes without a word, the world waits a while for somebody to come
 * back.
 */
final class ControlSocket implements AutoCloseable {
  private final ServerSocketChannel channel;
  private final WorldOptions options;
  private final CountDownLatch end;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(work -> thread(work, "socket clock"));
  private int inside;
  private ScheduledFuture<?> closing;

  private ControlSocket(ServerSocketChannel channel, WorldOptions options, CountDownLatch end) {
    this.channel = channel;
    this.options = options;
    this.end = end;
  }

  /**
   * Opens the door.
   *
   * @param end is counted down when the world is to end
   */
  static ControlSocket open(Path socket, WorldOptions options, CountDownLatch end)
      throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    channel.bind(UnixDomainSocketAddress.of(socket));
    ControlSocket door = new ControlSocket(channel, options, end);
    door.closing = door.schedule();
    thread(door::admit, "door").start();
    return door;
  }

  private static Thread thread(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  private ScheduledFuture<?> schedule() {
    return clock.schedule(end::countDown, options.grace().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void admit() {
    try {
      while (true) {
        SocketChannel visitor = channel.accept();
        enter();
        thread(() -> listen(visitor), "visitor").start();
      }
    } catch (IOException closed) {
      // The world has ended.
    }
  }

  private void listen(SocketChannel visitor) {
    try (visitor;
        BufferedReader lines =
            new BufferedReader(Channels.newReader(visitor, StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        if (line.equals("leave")) {
          end.countDown();
        }
        line = lines.readLine();
      }
    } catch (IOException broken) {
      // Vanished, which is the same as an end without a word.
    } finally {
      exit();
    }
  }

  private synchronized void enter() {
    inside++;
    closing.cancel(false);
  }

  private synchronized void exit() {
    inside--;
    if (inside == 0) {
      closing = schedule();
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    try {
      channel.close();
    } catch (IOException alreadyClosed) {
      // The process ends; so does the socket.
    }
  }
}
