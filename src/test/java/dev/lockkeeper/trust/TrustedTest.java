package dev.lockkeeper.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose files, folders, links and sockets count. */
class TrustedTest {
  /** Others may enter it, so that what is in it has to speak for itself. */
  @TempDir Path folder;

  @BeforeEach
  void open() throws IOException {
    mode(folder, "rwxr-xr-x");
  }

  @Test
  void whatIsOursCountsAndWhatIsNotThereIsNotThere() throws IOException {
    assertThat(Trusted.ours(file("mine"))).isTrue();
    assertThat(Trusted.ours(folder.resolve("none"))).isFalse();
    assertThat(Trusted.ours(folder.resolve("none/deeper"))).isFalse();
    assertThat(Trusted.ours(folder.resolve("./x/../mine"))).as("x is not there").isFalse();
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("mine"));
    assertThat(Trusted.ours(link)).as("a link of ours").isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--rw-", "rw-rw-rw-", "rwxrwxrwx"})
  void whatOthersMayWriteDoesNotCount(String mode) throws IOException {
    refused(mode(file("open"), mode), "may be changed by others");
  }

  @Test
  void whatAGroupMayWriteCountsOnlyWhereNobodyElseIsInIt() throws IOException {
    Path file = mode(file("group"), "rw-rw-r--");
    if (OwnGroup.ofThisMachine().alone(Ourselves.uid(), Standing.of(file).gid())) {
      assertThat(Trusted.ours(file)).as("as umask 002 leaves it").isTrue();
    } else {
      refused(file, "may be changed by others");
    }
    AnotherUser.isNeeded();
    Files.setAttribute(file, "unix:gid", 12345);
    mode(file, "rw-rw-r--");
    refused(file, "may be changed by others");
  }

  @Test
  void whatLiesInAFolderThatOthersMayChangeDoesNotCount() throws IOException {
    Path open = mode(Files.createDirectory(folder.resolve("open")), "rwxrwxrwx");
    Path below = Files.createDirectory(open.resolve("below"));
    refused(Files.writeString(below.resolve("file"), ""), open + " may be changed by others");
    refused(below.resolve("none"), open + " may be changed by others");
  }

  @Test
  void inAFolderThatNobodyElseEntersNoModeMatters() throws IOException {
    Path closed = mode(Files.createDirectory(folder.resolve("closed")), "rwx------");
    Path inside = mode(Files.writeString(closed.resolve("file"), ""), "rw-rw-rw-");
    assertThat(Trusted.ours(inside)).isTrue();
    Path open = mode(file("open"), "rw-rw-rw-");
    refused(Files.createSymbolicLink(closed.resolve("out"), open), open + " may be changed");
    refused(Files.createSymbolicLink(closed.resolve("up"), Path.of("../open")), "may be changed");
  }

  @Test
  void aLinkThatLeadsNowhereOrToItselfIsSaid() throws IOException {
    refused(Files.createSymbolicLink(folder.resolve("a"), Path.of("gone")), "correct or remove");
    refused(Files.createSymbolicLink(folder.resolve("b"), Path.of("b")), "leads to itself");
    Path way = Files.createSymbolicLink(folder.resolve("c"), Path.of("gone/deep"));
    refused(way.resolve("file"), "correct or remove");
  }

  @Test
  void whatIsRootsCountsOnlyWhereRootMayHaveLaidItDown() throws IOException {
    assertThat(Trusted.oursOrRoots(Path.of("/etc/passwd"))).isTrue();
    if (!System.getProperty("user.name").equals("root")) {
      refused(Path.of("/etc/passwd"), "belongs to another user");
    }
  }

  @Test
  void aPracticeFolderIsClosedToAllOthersAndNoLink() throws IOException {
    Path world = Files.createDirectory(folder.resolve("world"));
    mode(world, "rwxr-xr-x");
    assertThatThrownBy(() -> Trusted.closed(world)).hasMessageContaining("may be entered");
    mode(world, "rwx------");
    assertThat(Trusted.closed(world)).isTrue();
    Path socket = world.resolve("s");
    try (ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      door.bind(UnixDomainSocketAddress.of(socket));
      assertThat(Trusted.closed(socket)).isTrue();
    }
    Path link = Files.createSymbolicLink(folder.resolve("link"), world);
    assertThatThrownBy(() -> Trusted.closed(link)).hasMessageContaining("is a link");
  }

  @Test
  void aProgramIsTakenFromPathOnlyWhereNobodyElseCouldHavePutIt() throws IOException {
    Path open = Files.createDirectory(folder.resolve("open"));
    Path safe = Files.createDirectory(folder.resolve("safe"));
    Path planted = mode(Files.writeString(open.resolve("tool"), ""), "rwxr-xr-x");
    Path mine = mode(Files.writeString(safe.resolve("tool"), ""), "rwxr-xr-x");
    String path = open + ":.:" + safe;
    assertThat(Trusted.inPath(path, "tool")).contains(planted);
    mode(open, "rwxrwxrwx");
    assertThat(Trusted.inPath(path, "tool")).contains(mine);
    assertThat(Trusted.passedOver(path, "tool"))
        .hasValueSatisfying(why -> assertThat(why).startsWith(open + " may be changed by others"));
    assertThat(Trusted.passedOver(safe.toString(), "tool")).isEmpty();
    assertThat(Trusted.passedOver(path, "none")).isEmpty();
    mode(mine, "rw-r--r--");
    assertThat(Trusted.passedOver(safe.toString(), "tool"))
        .contains(mine + " is no program that may be started");
    assertThat(Trusted.inPath(".", "tool")).isEmpty();
  }

  @Test
  void whatAnotherUserMadeDoesNotCount() throws IOException {
    AnotherUser.isNeeded();
    Path shared = Files.createDirectory(Path.of("/tmp").resolve("lk-" + folder.getFileName()));
    try {
      Path ours = Files.writeString(shared.resolve("ours"), "");
      new ProcessBuilder("chmod", "1777", shared.toString()).start().waitFor();
      assertThat(Trusted.ours(ours)).as("as in /tmp").isTrue();
      AnotherUser.does(
          "cd $1; echo x > file; mkdir -m 700 dir; ln -s $1/ours link; mkdir -m 755 way", shared);
      refused(shared.resolve("file"), "belongs to another user");
      refused(shared.resolve("dir"), "belongs to another user");
      refused(shared.resolve("link"), "belongs to another user");
      Path within = Files.writeString(shared.resolve("way/ours"), "");
      refused(within, shared.resolve("way") + " belongs to another user");
      Path ourLink = Files.createSymbolicLink(folder.resolve("to"), shared.resolve("file"));
      refused(ourLink, "belongs to another user");
      assertThatThrownBy(() -> Trusted.oursOrRoots(shared.resolve("file")))
          .isInstanceOf(Untrusted.class);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      new ProcessBuilder("rm", "-rf", shared.toString()).start();
    }
  }

  private Path file(String name) throws IOException {
    return mode(Files.writeString(folder.resolve(name), ""), "rw-r--r--");
  }

  private static Path mode(Path path, String mode) throws IOException {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static void refused(Path path, String why) {
    assertThatThrownBy(() -> Trusted.ours(path))
        .isInstanceOf(Untrusted.class)
        .hasMessageContaining(why);
  }
}
