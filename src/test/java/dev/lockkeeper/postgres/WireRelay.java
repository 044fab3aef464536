package dev.lockkeeper.postgres;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * A network between a client and PostgreSQL that understands as much of the protocol as is needed
 * to stand between like a pooler, or to break in a moment of one's choice.
 */
final class WireRelay implements AutoCloseable {
  private final int target;
  private final ServerSocket listener;

  /** Added to the process id that the server announces. */
  private volatile int shift;

  /** Statements with these words in them are counted. */
  private volatile String words = "never said";

  /** After so many of them are carried out the connection breaks, before the answer comes back. */
  private volatile int last = Integer.MAX_VALUE;

  /** From now on no answer passes. */
  private volatile boolean broken;

  /** Whether the statement that was sent last is one of those that are counted. */
  private volatile boolean counted;

  /** How many of them were carried out. */
  private volatile int told;

  WireRelay(TestServer server) throws IOException {
    this.target = server.port();
    this.listener = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  DatabaseAddress to(DatabaseAddress address) {
    return address.at("127.0.0.1", listener.getLocalPort());
  }

  /** Announces another process id, as a pooler does. */
  void pool() {
    shift = 1000;
  }

  /** Breaks once the server has done what the nth statement with these words said. */
  void breakAfter(String statement, int times) {
    words = statement;
    last = times;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        start(() -> pump(client, server, true));
        start(() -> pump(server, client, false));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void pump(Socket from, Socket to, boolean fromClient) {
    try (from;
        to) {
      DataInputStream in = new DataInputStream(from.getInputStream());
      DataOutputStream out = new DataOutputStream(to.getOutputStream());
      if (fromClient) {
        pass(in, out);
      }
      while (!(fromClient ? tell(in, out) : answer(in, out))) {
        out.flush();
      }
    } catch (IOException oneEndHasGone) {
      // And so does the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One message of the client's; whether it was the last one. */
  private boolean tell(DataInputStream in, DataOutputStream out)
      throws IOException, InterruptedException {
    byte type = in.readByte();
    byte[] body = body(in);
    if (type == 'P') {
      counted = new String(body, StandardCharsets.UTF_8).contains(words);
    }
    told += type == 'E' && counted ? 1 : 0;
    broken |= told >= last;
    write(out, type, body);
    if (broken && type == 'S') {
      out.flush();
      TimeUnit.MILLISECONDS.sleep(300);
      return true;
    }
    return false;
  }

  /** One message of the server's; whether there will be no more of them. */
  private boolean answer(DataInputStream in, DataOutputStream out) throws IOException {
    byte type = in.readByte();
    byte[] body = body(in);
    if (type == 'K') {
      ByteBuffer key = ByteBuffer.wrap(body);
      key.putInt(0, key.getInt(0) + shift);
    }
    if (!broken) {
      write(out, type, body);
    }
    return broken;
  }

  private static void write(DataOutputStream out, byte type, byte[] body) throws IOException {
    out.writeByte(type);
    out.writeInt(body.length + 4);
    out.write(body);
  }

  private static void pass(DataInputStream in, DataOutputStream out) throws IOException {
    byte[] startup = body(in);
    out.writeInt(startup.length + 4);
    out.write(startup);
    out.flush();
  }

  private static byte[] body(DataInputStream in) throws IOException {
    byte[] body = new byte[in.readInt() - 4];
    in.readFully(body);
    return body;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "wire-relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
