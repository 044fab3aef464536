package dev.lockkeeper.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Risk;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.story.UpgradeWorld;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cat on the keyboard while the world turns. */
class RandomKeysTest {
  private static final int LEGS = 12;
  private static final int KEYS = 417;

  /** Without the slash, so that no phrase is typed by chance. */
  private static final String LETTERS = "nbwxplem? qcoder0123456789:-";

  private static final List<Key.Name> NAMES =
      List.of(
          Key.Name.ENTER,
          Key.Name.ENTER,
          Key.Name.ENTER,
          Key.Name.RIGHT,
          Key.Name.TAB,
          Key.Name.DOWN,
          Key.Name.UP,
          Key.Name.BACKSPACE,
          Key.Name.ESCAPE);

  private static final List<Function<Instant, UpgradeWorld>> WORLDS =
      List.of(
          UpgradeWorld::running,
          UpgradeWorld::contended,
          UpgradeWorld::draining,
          UpgradeWorld::drained,
          UpgradeWorld::renamed,
          UpgradeWorld::migrating,
          UpgradeWorld::blocked,
          now -> UpgradeWorld.upgraded(now, 1),
          now -> UpgradeWorld.upgraded(now, 3));

  private static final List<Supplier<Story>> BEGINNINGS =
      List.of(
          Story::begins,
          Chapters::choseZero,
          Chapters::asksToScaleDown,
          Chapters::drained,
          Chapters::renamed,
          Chapters::asksToMigrate,
          Chapters::committed,
          Chapters::done);

  /** In all 5 x 8 x 12 x 417 = 200,160 keys. That no act goes before its intention, Story holds. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void nothingThatCannotBeTakenBackIsDoneByChance(long seed) {
    Random random = new Random(seed);
    int acts = 0;
    for (int leg = 0; leg < LEGS; leg++) {
      for (Supplier<Story> beginning : BEGINNINGS) {
        acts += walk(beginning.get(), random);
      }
    }
    assertThat(acts).as("otherwise this proves nothing").isGreaterThan(5);
  }

  private static int walk(Story story, Random random) {
    int acts = -story.performed().size();
    Story now = story;
    for (int i = 0; i < KEYS; i++) {
      pressHarmlessly(now, random);
      if (random.nextInt(12) == 0) {
        turn(now, random);
      }
      if (now.over()) {
        acts += now.performed().size();
        now = now.resumes();
      }
    }
    return acts + now.performed().size();
  }

  private static void pressHarmlessly(Story story, Random random) {
    Optional<Dialog> dialog = story.state().dialog();
    Optional<Pending> before = story.state().pending();
    int acts = story.performed().size();
    press(story, random);
    boolean irreversible =
        dialog
            .filter(Dialog.Confirm.class::isInstance)
            .map(Dialog.Confirm.class::cast)
            .filter(confirm -> confirm.plan().risk() == Risk.IRREVERSIBLE)
            .isPresent();
    if (irreversible) {
      assertThat(story.state().pending()).isEqualTo(before);
    }
    assertThat(story.performed().size() - acts).as("one key, one act").isLessThanOrEqualTo(1);
  }

  private static void press(Story story, Random random) {
    if (random.nextBoolean()) {
      story.presses(NAMES.get(random.nextInt(NAMES.size())));
    } else {
      story.presses(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
  }

  /** Something happens in the world, or the cluster answers. */
  private static void turn(Story story, Random random) {
    if (story.asked().isPresent() && random.nextBoolean()) {
      story.clusterAnswers(
          switch (random.nextInt(3)) {
            case 0 -> Outcome.done("done");
            case 1 -> Outcome.refused("refused");
            default -> Outcome.unknown("unknown");
          });
    }
    switch (random.nextInt(12)) {
      case 0 -> story.sees(WORLDS.get(random.nextInt(WORLDS.size())));
      case 1 -> story.losesTheDatabase("gone", 1);
      case 2 -> story.journalStalls();
      case 3, 5 -> story.journalAnswers();
      case 4 -> story.journalFails("full");
      default -> story.passes(1);
    }
  }
}
