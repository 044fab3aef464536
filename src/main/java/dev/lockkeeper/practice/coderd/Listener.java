package dev.lockkeeper.practice.coderd;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A server's HTTP port. Like the original it is bound long before anything answers, so that a probe
 * in between runs into its time limit instead of being refused, and it is free again the moment the
 * process is gone. (The JDK's HTTP server keeps a port that it never served.)
 */
final class Listener {
  static final int PORT = 8080;
  private static final int BACKLOG = 128;
  private static final int CLIENT_TIMEOUT_MILLISECONDS = 5000;

  private final ServerSocket socket;
  private final String build;
  private final Map<String, Page> pages;

  private record Page(String type, String text) {}

  private Listener(ServerSocket socket, String build, Map<String, Page> pages) {
    this.socket = socket;
    this.build = build;
    this.pages = pages;
  }

  /** Binds the port; connections queue up in the kernel from now on. */
  static Listener bind(String address, String accessUrl, Release release) throws IOException {
    ServerSocket socket = new ServerSocket(PORT, BACKLOG, InetAddress.getByName(address));
    return new Listener(
        socket,
        release.build(),
        Map.of(
            "/healthz",
            new Page("text/plain", "OK"),
            "/api/v2/buildinfo",
            new Page("application/json", buildInfo(release, accessUrl))));
  }

  /** Binds the port of a server that answers nothing but how it is. */
  static Listener healthOnly(String address) throws IOException {
    ServerSocket socket = new ServerSocket(PORT, BACKLOG, InetAddress.getByName(address));
    Page well = new Page("text/plain", "OK");
    return new Listener(socket, "", Map.of("/healthz", well, "/cem-healthz", well));
  }

  private static String buildInfo(Release release, String accessUrl) {
    return "{\"external_url\":\"https://github.com/coder/coder/releases/tag/"
        + release.version()
        + "\",\"version\":\""
        + release.build()
        + "\",\"dashboard_url\":\""
        + accessUrl
        + "\",\"telemetry\":false,\"workspace_proxy\":false,\"agent_api_version\":\"1.0\","
        + "\"provisioner_api_version\":\"1.0\",\"upgrade_message\":\"\","
        + "\"deployment_id\":\"practice\"}\n";
  }

  /** From now on it answers. */
  void serve() {
    thread(this::accept);
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "http");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        thread(() -> answer(client));
      }
    } catch (IOException closed) {
      // The process has ended.
    }
  }

  /** One request a connection: probes and people ask no more. */
  private void answer(Socket client) {
    try (client) {
      client.setSoTimeout(CLIENT_TIMEOUT_MILLISECONDS);
      BufferedReader request =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      String[] words = String.valueOf(request.readLine()).split(" ");
      for (String header = request.readLine();
          header != null && !header.isEmpty();
          header = request.readLine()) {
        // Nothing in the headers matters.
      }
      respond(client.getOutputStream(), words);
    } catch (IOException gone) {
      // A probe that has run out of time does not wait for its answer.
    }
  }

  private void respond(OutputStream output, String[] words) throws IOException {
    String path = words.length < 2 ? "" : words[1].split("\\?")[0];
    Page page = pages.getOrDefault(path, new Page("text/plain", ""));
    byte[] body = page.text().getBytes(StandardCharsets.UTF_8);
    String head =
        (pages.containsKey(path) ? "HTTP/1.1 200 OK" : "HTTP/1.1 404 Not Found")
            + (build.isEmpty() ? "" : "\r\nX-Coder-Build-Version: " + build)
            + "\r\nContent-Type: "
            + page.type()
            + "; charset=utf-8\r\nContent-Length: "
            + body.length
            + "\r\nConnection: close\r\n\r\n";
    output.write(head.getBytes(StandardCharsets.US_ASCII));
    if (!words[0].equals("HEAD")) {
      output.write(body);
    }
    output.flush();
  }

  /** Closes the port. */
  void close() {
    try {
      socket.close();
    } catch (IOException alreadyClosed) {
      // Closed is closed.
    }
  }
}
