package dev.lockkeeper.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** The way from the root of the file system to something, step by step, links included. */
final class Way {
  /** As many as Linux follows. */
  private static final int MOST_LINKS = 40;

  private final End wanted;
  private final Deque<Path> ahead = new ArrayDeque<>();
  private Path at = Path.of("/");
  private boolean closed;
  private int links;

  /**
   * How many names are ahead when the target of the last link is behind; none was met: no limit.
   */
  private int beyondLink = Integer.MAX_VALUE;

  Way(End wanted) {
    this.wanted = wanted;
  }

  /** What may be at its end. */
  enum End {
    /** Ours. */
    OURS,
    /** Ours, or root's. */
    OURS_OR_ROOTS,
    /** Ours or root's, and a folder in which everybody may make something. */
    SHARED
  }

  /** Whether the last step, or one before it, is a folder that nobody else enters. */
  boolean closed() {
    return closed;
  }

  /** Goes there; tells whether there is something. */
  boolean go(Path path) throws IOException {
    push(path.toAbsolutePath());
    boolean there = true;
    while (there && !ahead.isEmpty()) {
      there = step(ahead.pop());
    }
    return there;
  }

  private boolean step(Path name) throws IOException {
    if (name.toString().equals("..")) {
      at = at.getParent() == null ? at : at.getParent();
      closed = false;
      return true;
    }
    Path next = at.resolve(name);
    Standing found;
    try {
      found = Standing.of(next);
    } catch (NoSuchFileException e) {
      if (ahead.size() >= beyondLink) {
        throw new Untrusted(
            next + " is not there, and a link leads to it: correct or remove the link");
      }
      return false;
    }
    if (found.link()) {
      follow(next, found);
    } else {
      enter(next, found);
    }
    return true;
  }

  private void follow(Path link, Standing found) throws IOException {
    owned(link, found, true);
    links++;
    if (links > MOST_LINKS) {
      throw new Untrusted(link + " is a link that leads to itself: remove it");
    }
    if (ahead.size() < beyondLink) {
      beyondLink = ahead.size();
    }
    Path target = Files.readSymbolicLink(link);
    if (target.isAbsolute()) {
      at = target.getRoot();
      closed = false;
    }
    push(target);
  }

  private void enter(Path next, Standing found) throws IOException {
    boolean end = ahead.isEmpty();
    owned(next, found, !end || wanted != End.OURS);
    if (!closed && found.open() && !(found.sticky() && (!end || wanted == End.SHARED))) {
      throw new Untrusted(
          "%s may be changed by others (mode %s): chmod go-w it, or remove it"
              .formatted(next, found.mode()));
    }
    closed |= found.closed();
    at = next;
  }

  private static void owned(Path path, Standing found, boolean rootsToo) throws Untrusted {
    if (!(rootsToo ? found.oursOrRoots() : found.ours())) {
      throw new Untrusted(
          "%s belongs to another user (uid %d), so it does not count: remove it, or run as its owner"
              .formatted(path, found.uid()));
    }
  }

  private void push(Path path) {
    for (int i = path.getNameCount() - 1; i >= 0; i--) {
      if (!path.getName(i).toString().equals(".")) {
        ahead.push(path.getName(i));
      }
    }
  }
}
