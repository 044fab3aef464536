package dev.lockkeeper.trust;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The one place that decides whether something on the disk counts: nobody but this user and root
 * could have put it there or changed it. Each folder on the way to it and each link that leads to
 * it is looked at as well, because who may rename a folder chooses what lies in it.
 */
public final class Trusted {
  private Trusted() {}

  /**
   * Something that this program wrote itself: state, journals, locks, values that are kept.
   *
   * @return whether it is there
   * @throws Untrusted if somebody else could have made or changed it, or a link leads nowhere
   */
  public static boolean ours(Path path) throws IOException {
    return new Way(Way.End.OURS).go(path);
  }

  /**
   * Something that root may have laid down for this user: the configuration, a kubeconfig that
   * names a program.
   *
   * @return whether it is there
   * @throws Untrusted if somebody else could have made or changed it, or a link leads nowhere
   */
  public static boolean oursOrRoots(Path path) throws IOException {
    return new Way(Way.End.OURS_OR_ROOTS).go(path);
  }

  /**
   * A folder, or a socket or file in one, that nobody else can even enter: a practice world.
   *
   * @return whether it is there, is ours, is closed to all others and is no link
   * @throws Untrusted if somebody else could have put it there
   */
  public static boolean closed(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      throw new Untrusted(path + " is a link, and no link may lead there: remove it");
    }
    Way way = new Way(Way.End.OURS);
    boolean there = way.go(path);
    if (there && !way.closed()) {
      throw new Untrusted(path + " may be entered by others: chmod go-rwx it, or remove it");
    }
    return there;
  }

  /**
   * A program that may be started.
   *
   * @throws Untrusted if somebody else could have made or changed it
   * @throws IOException if there is none
   */
  public static void program(Path path) throws IOException {
    if (!oursOrRoots(path) || !Files.isRegularFile(path) || !Files.isExecutable(path)) {
      throw new IOException(path + " is no program that may be started");
    }
  }

  /** The first program of this name in PATH that may be started; a relative folder has none. */
  public static Optional<Path> inPath(String path, String name) {
    return named(path, name).filter(each -> against(each).isEmpty()).findFirst();
  }

  /** Why the first of this name that PATH leads to is not started, if there is one that is not. */
  public static Optional<String> passedOver(String path, String name) {
    return named(path, name)
        .filter(each -> Files.exists(each, LinkOption.NOFOLLOW_LINKS))
        .flatMap(each -> against(each).stream())
        .findFirst();
  }

  private static Stream<Path> named(String path, String name) {
    return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
        .map(folder -> Path.of(folder).resolve(name))
        .filter(Path::isAbsolute);
  }

  private static Optional<String> against(Path path) {
    try {
      program(path);
      return Optional.empty();
    } catch (IOException notThisOne) {
      return Optional.of(String.valueOf(notThisOne.getMessage()));
    }
  }

  /**
   * The folder for temporary files, in which everybody may make something and nobody may rename
   * what is another's.
   *
   * @throws Untrusted if others could swap what is made there
   */
  public static Path temporary() throws IOException {
    return temporary(Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath());
  }

  /** The same of a folder that is there for that, such as {@code /tmp}. */
  public static Path temporary(Path folder) throws IOException {
    if (!new Way(Way.End.SHARED).go(folder)) {
      throw new IOException("there is no folder " + folder + " for temporary files");
    }
    return folder;
  }
}
