package dev.lockkeeper.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network that can fail: it carries bytes to a port until it is told not to. */
public final class Relay implements AutoCloseable {
  private final InetAddress address;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<Socket> frozen = ConcurrentHashMap.newKeySet();
  private final int port;
  private volatile ServerSocket listener;
  private volatile boolean silent;

  public Relay(int target) throws IOException {
    this(InetAddress.getLoopbackAddress(), target);
  }

  Relay(InetAddress address, int target) throws IOException {
    this.address = address;
    this.target = target;
    this.listener = new ServerSocket(0, 50, address);
    this.port = listener.getLocalPort();
    start(this::accept);
  }

  public int port() {
    return port;
  }

  /** Breaks all connections and refuses new ones. */
  public void cut() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  public void restore() throws IOException {
    listener = new ServerSocket(port, 50, address);
    start(this::accept);
  }

  /** Nothing arrives any more, and nobody is told. */
  public void silence() {
    silent = true;
  }

  /** Only the connections of this moment die silently; new ones work. */
  public void freezePresent() {
    frozen.addAll(open);
  }

  private void accept() {
    ServerSocket from = listener;
    while (!from.isClosed()) {
      try {
        Socket client = from.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(server);
        start(() -> pump(client, server));
        start(() -> pump(server, client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void pump(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[16384];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (!silent && !frozen.contains(from)) {
          out.write(buffer, 0, n);
          out.flush();
        }
      }
    } catch (IOException e) {
      // One end has gone, and so does the other.
    } finally {
      open.remove(from);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    cut();
  }
}
