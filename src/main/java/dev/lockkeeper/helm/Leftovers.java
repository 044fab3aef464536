package dev.lockkeeper.helm;

import dev.lockkeeper.snapshot.HelmRun;
import dev.lockkeeper.trust.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process that was killed could not remove itself: kubeconfigs with their tokens, values,
 * and what a helm unpacked. What belongs to a process that lives is left alone, and so is what
 * belongs to somebody else.
 */
public final class Leftovers {
  private Leftovers() {}

  /**
   * Removes them. What cannot be read or removed stays: this is nobody's task but ours, and no
   * reason to refuse another.
   *
   * @param runs the folder with the folders of all runs; it need not be there
   * @param temporary the folder for what is needed for moments only
   * @param cache the folder in which the bundled Helm is kept; it need not be there
   */
  public static void sweep(Path runs, Path temporary, Path cache) {
    sweep(cache, Scratch.UNPACKING);
    for (Path run : folders(runs)) {
      sweep(run.resolve(HelmConfig.FOLDER));
    }
    sweep(temporary, Scratch.values());
  }

  private static void sweep(Path helm) {
    sweep(helm, Scratch.LOOK);
    tidy(helm, RunFolder::isOfHere);
  }

  private static void sweep(Path folder, Scratch... kinds) {
    for (Path each : folders(folder)) {
      if (Stream.of(kinds).anyMatch(kind -> kind.abandoned(each))) {
        remove(each);
      }
    }
  }

  /**
   * Removes what sittings of one run left behind; whoever calls this sits at it alone, and has not
   * asked anything yet.
   *
   * @param helm the folder of Helm's runs
   */
  static void ofOwnRun(Path helm) {
    folders(helm).stream().filter(Scratch.LOOK::named).forEach(Leftovers::remove);
    tidy(helm, any -> true);
  }

  /** Which folders are meant. */
  private interface Meant {
    boolean test(RunFolder folder) throws IOException;
  }

  private static void tidy(Path helm, Meant meant) {
    try {
      for (RunFolder each : RunFolder.all(helm)) {
        if (meant.test(each) && HelmSource.run(each).state() != HelmRun.State.RUNNING) {
          each.tidy();
        }
      }
    } catch (IOException | RuntimeException e) {
      // Said above.
    }
  }

  /** The folders in this one; a link is none. */
  private static List<Path> folders(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)).toList();
    } catch (IOException | RuntimeException e) {
      return List.of();
    }
  }

  private static void remove(Path folder) {
    try {
      RunFolder.remove(folder);
    } catch (IOException | RuntimeException e) {
      // Said above.
    }
  }
}
