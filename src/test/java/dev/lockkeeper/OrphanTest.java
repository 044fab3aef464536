package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.EndRequest;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.live.OneAct;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.wizard.State;
import dev.lockkeeper.worlds.WorldClient;
import dev.lockkeeper.worlds.WorldOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The act that ends a session without a client, by the program's own loop, in a world with one. */
@Timeout(180)
class OrphanTest {
  private static final WorldOptions ORPHAN =
      WorldOptions.defaults().withPace(5).withScenario("orphan");

  @TempDir Path folder;

  @Test
  void theDeadMigratorsSessionEndsAndTheOneForWhichItWaitedStays() throws Exception {
    try (WorldClient world = WorldClient.start(WorldClient.newDirectory(), ORPHAN)) {
      world.awaitReady(line -> {});
      world.hold();
      try (OneAct operator = OneAct.begins(world, folder, "action: end-orphans").takesTheLease()) {
        operator.until(OrphanTest::seesOne).isAsked();
        EndRequest request = (EndRequest) operator.question().plan().request();
        List<Integer> dead = request.sessions().stream().map(EndRequest.Session::pid).toList();
        List<Integer> tools = named(operator.state(), "Metabase").toList();
        assertThat(tools).isNotEmpty().doesNotContainAnyElementsOf(dead);

        assertThat(operator.confirms().outcome()).startsWith("done: ");
        operator.until(state -> !seesOne(state) && named(state, "").noneMatch(dead::contains));
        assertThat(named(operator.state(), "Metabase")).containsAll(tools);
        assertThat(operator.written())
            .filteredOn(entry -> entry.step().equals("1.2"))
            .extracting(Entry::kind)
            .startsWith(Entry.Kind.INTENDED, Entry.Kind.DONE);
      }
    }
  }

  private static boolean seesOne(State state) {
    return Diagnosis.of(state.snapshot(), KnowledgeFile.load()).stream()
        .anyMatch(each -> each.kind() == Kind.ORPHAN_BACKEND);
  }

  /** The sessions of programs that call themselves so. */
  private static Stream<Integer> named(State state, String program) {
    return state.snapshot().freshDatabase().map(Database::backends).stream()
        .flatMap(List::stream)
        .filter(each -> each.application().startsWith(program))
        .map(each -> each.pid());
  }
}
