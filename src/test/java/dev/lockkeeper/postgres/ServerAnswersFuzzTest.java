package dev.lockkeeper.postgres;

import dev.lockkeeper.Fuzz;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever answers in PostgreSQL's place, through the driver there comes a sentence. */
@Timeout(value = 12, unit = TimeUnit.HOURS) // as long as it is asked to
class ServerAnswersFuzzTest {
  private volatile byte[] answer = new byte[0];

  @Test
  void whateverAnswersThereIsASentence() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> serve(server), "fuzzed-server");
      thread.setDaemon(true);
      thread.start();
      DatabaseAddress address =
          DatabaseAddress.parse(
              "postgres://coder:%s@127.0.0.1:%d/coder?sslmode=disable"
                  .formatted(Fuzz.SECRET, server.getLocalPort()));
      Fuzz.of(
          "PostgreSQL answers",
          List.of(welcome(), refusal()),
          bytes -> {
            answer = bytes;
            try {
              DatabaseConnection.probe(address);
              return "";
            } catch (DatabaseException e) {
              return e.getMessage();
            }
          });
    }
  }

  private void serve(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.getInputStream().read(new byte[1024]);
        socket.getOutputStream().write(answer);
      } catch (IOException gone) {
        // The driver hung up, or the test is over.
      }
    }
  }

  /** AuthenticationOk, parameters, and ready for a query. */
  private static byte[] welcome() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    message(out, 'R', new byte[4]);
    message(out, 'S', text("server_version\u000016.3\u0000"));
    message(out, 'S', text("client_encoding\u0000UTF8\u0000"));
    message(out, 'K', new byte[8]);
    message(out, 'Z', text("I"));
    message(out, 'C', text("SET\u0000"));
    message(out, 'Z', text("I"));
    return bytes.toByteArray();
  }

  /** An error that speaks to the terminal and repeats the password. */
  private static byte[] refusal() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    message(
        new DataOutputStream(bytes),
        'E',
        text(
            "SFATAL\u0000C28000\u0000M\u001b]0;PWNED\u0007no entry for %s\u0000\u0000"
                .formatted(Fuzz.SECRET)));
    return bytes.toByteArray();
  }

  private static void message(DataOutputStream out, char type, byte[] body) throws IOException {
    out.writeByte(type);
    out.writeInt(body.length + 4);
    out.write(body);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
