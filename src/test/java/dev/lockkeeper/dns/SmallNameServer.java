package dev.lockkeeper.dns;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A name server on 127.0.0.1 that answers over UDP what a test has told it, however wrong. */
final class SmallNameServer implements AutoCloseable {
  static final int A = 1;
  static final int CNAME = 5;
  static final int AAAA = 28;
  private static final int NO_SUCH_NAME = 3;

  private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  private final Map<String, List<byte[]>> records = new TreeMap<>();
  private final List<String> names = new ArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private Optional<Integer> code = Optional.empty();
  private boolean silent;

  SmallNameServer() throws IOException {
    Thread thread = new Thread(this::serve, "small name server");
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "dns://127.0.0.1:" + socket.getLocalPort();
  }

  /** Name and type of every question, oldest first. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  SmallNameServer has(String name, int type, byte[] data) {
    names.add(name);
    records.computeIfAbsent(name + " " + type, key -> new ArrayList<>()).add(data);
    return this;
  }

  SmallNameServer address(String name, String address) throws IOException {
    byte[] bytes = InetAddress.getByName(address).getAddress();
    return has(name, bytes.length == 4 ? A : AAAA, bytes);
  }

  SmallNameServer alias(String name, String to) {
    return has(name, CNAME, encoded(to));
  }

  /** From now on every answer has this code. */
  SmallNameServer answers(int response) {
    code = Optional.of(response);
    return this;
  }

  SmallNameServer isSilent() {
    silent = true;
    return this;
  }

  static byte[] encoded(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String label : name.split("\\.")) {
      byte[] bytes = label.getBytes(StandardCharsets.ISO_8859_1);
      out.write(bytes.length);
      out.writeBytes(bytes);
    }
    out.write(0);
    return out.toByteArray();
  }

  private void serve() {
    byte[] buffer = new byte[1500];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
        Optional<byte[]> answer = answer(question);
        if (answer.isPresent()) {
          socket.send(
              new DatagramPacket(answer.get(), answer.get().length, packet.getSocketAddress()));
        }
      } catch (IOException closed) {
        return;
      }
    }
  }

  private Optional<byte[]> answer(byte[] question) {
    StringBuilder name = new StringBuilder();
    int at = 12;
    while (question[at] != 0) {
      name.append(name.isEmpty() ? "" : ".");
      name.append(new String(question, at + 1, question[at], StandardCharsets.ISO_8859_1));
      at += 1 + question[at];
    }
    int type = question[at + 2];
    asked.add(name + " " + type);
    if (silent) {
      return Optional.empty();
    }
    List<byte[]> found = records.getOrDefault(name + " " + type, List.of());
    int response = code.orElse(names.contains(name.toString()) ? 0 : NO_SUCH_NAME);
    int size = found.stream().mapToInt(data -> 12 + data.length).sum();
    ByteBuffer answer = ByteBuffer.allocate(at + 5 + size);
    answer.put(question, 0, 2).putShort((short) (0x8180 | response));
    answer.putShort((short) 1).putShort((short) found.size()).putInt(0);
    answer.put(question, 12, at + 5 - 12);
    for (byte[] data : found) {
      answer.putShort((short) 0xC00C).putShort((short) type).putShort((short) 1).putInt(30);
      answer.putShort((short) data.length).put(data);
    }
    return Optional.of(answer.array());
  }

  @Override
  public void close() {
    socket.close();
  }
}
