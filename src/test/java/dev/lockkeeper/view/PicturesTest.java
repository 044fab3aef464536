package dev.lockkeeper.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.story.Recoveries;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.story.Troubles;
import dev.lockkeeper.story.UpgradeWorld;
import dev.lockkeeper.wizard.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pictures beside the golden screens: each is made from today's frames, by some test. */
class PicturesTest {
  private static final Path FOLDER = Path.of("screenshots");
  private static final String FILM = "recovery-film";
  private static final long SMALL = 200_000;

  /** The pictures that other tests make. */
  private static Stream<String> made() {
    return Stream.concat(
        Stream.concat(
                ScreensGoldenTest.PICTURED.stream(), RecoveryScreensGoldenTest.PICTURED.stream())
            .flatMap(
                name ->
                    Stream.of(
                        name + "-120x40.svg", name + "-120x40.png", name + "-120x40-light.svg")),
        Stream.of("blocked-migration.svg", "blocked-migration.png", FILM + ".svg"));
  }

  @Test
  void noPictureIsThereThatNoTestMakes() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".svg") || name.endsWith(".png")))
          .containsExactlyInAnyOrderElementsOf(made().toList());
    }
  }

  @Test
  void aRecoveryIsShownAsItGoes() throws IOException {
    Golden.moves(FILM, new Film(frames(), 3));
    assertThat(Files.size(FOLDER.resolve(FILM + ".svg"))).isLessThan(SMALL);
  }

  /** A report's forgotten transaction blocks the migration; its session is ended; it goes on. */
  private static List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    Recoveries told = Recoveries.onScreens();
    Story story = told.begins(UpgradeWorld::blocked);
    shoot(frames, story.presses('i'));
    shoot(frames, story.presses('i'));
    shoot(frames, story.presses('f'));
    shoot(
        frames, told.decides(UpgradeWorld::blocked).presses(Key.Name.DOWN).presses(Key.Name.DOWN));
    shoot(frames, told.acts(UpgradeWorld::blocked).walksTo("3.3"));
    shoot(frames, told.asksToEnd());
    shoot(frames, told.asksToEnd().types("5102"));
    Story goesOn =
        told.asksToEnd()
            .answers("5102")
            .clusterAnswers(Outcome.done("5102 reporting: ended"))
            .sees(Troubles::writing);
    shoot(frames, goesOn);
    goesOn.walksTo("3.5").enters().presses(Key.Name.DOWN).enters().walksTo("7.1");
    shoot(frames, goesOn.sees(now -> UpgradeWorld.upgraded(now, 1)).passes(1));
    goesOn.walksTo("7.3").passes(1).walksToTheEnd();
    shoot(frames, goesOn);
    return frames;
  }

  private static void shoot(List<Frame> frames, Story story) {
    frames.add(Screens.render(story.state(), 120, 40));
  }
}
