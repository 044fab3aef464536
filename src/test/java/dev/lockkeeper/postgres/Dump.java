package dev.lockkeeper.postgres;

import dev.lockkeeper.postgres.DatabaseAddress.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real pg_dump of this machine. It stands still in the middle until its output is read. */
record Dump(Process process) {
  /** Whether there is one that is not older than the server. */
  static boolean reads(TestServer server) throws Exception {
    try (Scene scene = Scene.empty(server);
        Connection session = scene.session()) {
      int major = Integer.parseInt(Scene.ask(session, "SHOW server_version_num")) / 10000;
      return major().filter(own -> own >= major).isPresent();
    }
  }

  private static Optional<Integer> major() throws IOException {
    try {
      Process process = new ProcessBuilder("pg_dump", "--version").start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher number = Pattern.compile("(\\d+)\\.").matcher(said);
      return number.find() ? Optional.of(Integer.valueOf(number.group(1))) : Optional.empty();
    } catch (IOException notInstalled) {
      return Optional.empty();
    }
  }

  static Dump begin(DatabaseAddress address) throws IOException {
    Host host = address.hosts().get(0);
    ProcessBuilder builder =
        new ProcessBuilder(
            "pg_dump",
            "-h",
            host.name(),
            "-p",
            Integer.toString(host.port()),
            "-U",
            address.user(),
            address.database());
    builder.environment().put("PGPASSWORD", address.password().reveal());
    return new Dump(builder.redirectErrorStream(true).start());
  }

  /** All that it wrote, with its own words if it failed. */
  String end() throws IOException, InterruptedException {
    String all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? all : "failed: " + all;
  }
}
