package dev.lockkeeper.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.practice.coderd.CoderDatabase;
import dev.lockkeeper.practice.server.PostgresServer;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.SchemaTable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The practice world's database looks like one of Coder's. */
class PracticeDatabaseTest {
  @TempDir Path world;

  @Test
  void everyFactIsRead() throws Exception {
    Path cache = Files.createDirectories(Path.of("target", "practice-cache").toAbsolutePath());
    try (PostgresServer server =
        PostgresServer.start(world, cache, CoderDatabase.filled(), line -> {})) {
      var address = CoderDatabase.open(server);
      CoderDatabase.begin(server, address, 362, line -> {});

      Database seen =
          Awaitility.await()
              .until(
                  () -> Scene.readAt(DatabaseAddress.parse(address.url())),
                  each -> each.usage().builds().isKnown());

      assertThat(seen.schema()).isEqualTo(SchemaTable.read("public", 362, false));
      assertThat(seen.replicas().reason()).isEmpty();
      assertThat(seen.usage().builds().reason()).isEmpty();
      assertThat(seen.coder().apiKeys().reason()).isEmpty();
      assertThat(seen.coder().apiKeys().value().orElseThrow().total()).isPositive();
      assertThat(seen.load().tables().value().orElseThrow()).isNotEmpty();
    }
  }
}
