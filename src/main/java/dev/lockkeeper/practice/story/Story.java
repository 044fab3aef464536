package dev.lockkeeper.practice.story;

import dev.lockkeeper.practice.story.ScheduledAction.Trigger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Plays the turns of a scenario. */
public final class Story implements AutoCloseable {
  private static final long LOOK_MILLISECONDS = 100;

  private final List<ScheduledAction> turns;
  private final ScenarioContext stage;
  private final Consumer<Exception> trouble;
  private final List<Thread> players = new ArrayList<>();

  /**
   * A story of which nothing has happened yet.
   *
   * @param trouble takes what made a turn impossible; the others are played all the same
   */
  public Story(List<ScheduledAction> turns, ScenarioContext stage, Consumer<Exception> trouble) {
    this.turns = List.copyOf(turns);
    this.stage = stage;
    this.trouble = trouble;
  }

  /** Plays what happens before the replicas start. */
  public void prepare() throws SQLException, InterruptedException {
    for (ScheduledAction turn : turns) {
      if (turn.when() == Trigger.BEFORE) {
        turn.deed().act(stage);
      }
    }
  }

  /** Plays what happens before the operator is let in; what waits for something begins to wait. */
  public void begin() throws SQLException, InterruptedException {
    for (ScheduledAction turn : turns) {
      if (turn.when().migrators()) {
        play(turn);
      } else if (turn.when() == Trigger.START) {
        stage.pass(turn.after());
        turn.deed().act(stage);
      }
    }
  }

  /** Plays what happens after the operator was let in. */
  public void goOn() {
    turns.stream().filter(turn -> turn.when() == Trigger.OPEN).forEach(this::play);
  }

  private void play(ScheduledAction turn) {
    Thread player = new Thread(() -> act(turn), "practice-story");
    player.setDaemon(true);
    synchronized (players) {
      players.add(player);
    }
    player.start();
  }

  private void act(ScheduledAction turn) {
    try {
      Optional<Integer> last = Optional.empty();
      do {
        last = await(turn.when(), last);
        stage.pass(turn.after());
        turn.deed().act(stage);
      } while (turn.again());
    } catch (SQLException | RuntimeException impossible) {
      trouble.accept(impossible);
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a cue; for another migrator than the last one. */
  private Optional<Integer> await(Trigger cue, Optional<Integer> last)
      throws SQLException, InterruptedException {
    if (!cue.migrators()) {
      return last;
    }
    while (true) {
      Optional<Integer> now =
          stage
              .migrator()
              .filter(migrator -> cue != Trigger.BLOCKED || migrator.blocked())
              .map(ScenarioContext.Migrator::pid);
      if (now.isPresent() && !now.equals(last)) {
        return now;
      }
      Thread.sleep(LOOK_MILLISECONDS);
    }
  }

  @Override
  public void close() {
    synchronized (players) {
      players.forEach(Thread::interrupt);
    }
  }
}
