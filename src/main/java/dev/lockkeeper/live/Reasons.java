package dev.lockkeeper.live;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * Says why something failed: the exceptions of the file system name a path and leave it at that.
 */
public final class Reasons {
  private Reasons() {}

  public static String of(Throwable e) {
    if (e instanceof FileSystemException failed) {
      return failed.getFile() + ": " + reason(failed);
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private static String reason(FileSystemException failed) {
    if (failed instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (failed instanceof AccessDeniedException) {
      return "this user may not";
    }
    if (failed instanceof FileAlreadyExistsException) {
      return "this is a file, where a folder is needed";
    }
    return failed.getReason() == null ? failed.toString() : failed.getReason();
  }
}
