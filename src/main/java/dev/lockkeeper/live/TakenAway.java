package dev.lockkeeper.live;

import dev.lockkeeper.files.TakenFile;
import dev.lockkeeper.view.Display;
import dev.lockkeeper.view.TakenText;
import dev.lockkeeper.wizard.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Takes text away from the screen, inert as it is there.
 *
 * @param display whose clipboard it goes to
 * @param folder where files are written; empty where there is no run
 */
record TakenAway(Display display, Optional<Path> folder) {
  /** Hands it to the clipboard, and says how that went as far as it can be known. */
  Event.Taken copy(String text) {
    Display.Copied copied = display.copy(TakenText.of(text));
    String word =
        switch (copied.way()) {
          case SENT -> "copied, if the terminal lets us: %d characters".formatted(copied.length());
          case CUT ->
              "copied, if the terminal lets us: the first %d characters".formatted(copied.length());
          case OFF -> "not copied: the clipboard is switched off";
          case NONE -> "not copied: there is no clipboard here";
        };
    boolean done = copied.way() == Display.Copied.Way.SENT;
    return new Event.Taken(done, word + (folder.isPresent() ? "; Y writes it to a file" : ""));
  }

  /** Writes it to a file of its own; blocks as long as the disk takes. */
  Event.Taken keep(String name, String text) {
    if (folder.isEmpty()) {
      return new Event.Taken(false, "not written: there is no run here, and so no folder");
    }
    try {
      Path file = TakenFile.write(folder.get(), name, TakenText.of(text));
      return new Event.Taken(true, "written to " + file);
    } catch (IOException e) {
      return new Event.Taken(false, "not written: " + Reasons.of(e));
    }
  }
}
