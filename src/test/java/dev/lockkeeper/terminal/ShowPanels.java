package dev.lockkeeper.terminal;

import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.snapshot.Inspection;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.view.Samples;
import dev.lockkeeper.wizard.Effect;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Setting;
import dev.lockkeeper.wizard.Watching;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A program for a real terminal: the panels of a cluster that stands still; q leaves. */
final class ShowPanels {
  private ShowPanels() {}

  public static void main(String[] arguments) throws Exception {
    Clock clock = Clock.fixed(Samples.NOW, ZoneOffset.UTC);
    BlockingQueue<Event> news = new LinkedBlockingQueue<>();
    Watching state =
        Watching.starting(Setting.World.ORDINARY, KnowledgeFile.load(), Samples.NOW)
            .after(Event.Seen.cluster(Observed.known(Samples.healthyCluster(), Samples.NOW)))
            .after(Event.Seen.database(Observed.known(Samples.blockedDatabase(), Samples.NOW)));
    try (FullScreen screen = FullScreen.open(System.getenv(), clock)) {
      screen.listen(news::add, () -> {}, () -> {});
      while (!state.left()) {
        screen.show(state);
        state = state.after(news.take());
        for (Effect.Look effect : state.effects()) {
          effect.look(new Copying(screen, news));
        }
      }
    }
  }

  /** Only the clipboard is there. */
  private record Copying(FullScreen screen, BlockingQueue<Event> news) implements Effect.Looking {
    @Override
    public void inspect(Optional<Inspection> wanted) {}

    @Override
    public void copy(String text) {
      news.add(new Event.Taken(true, "way " + screen.copy(text).way()));
    }

    @Override
    public void keep(String name, String text) {}
  }
}
