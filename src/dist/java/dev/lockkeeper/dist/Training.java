package dev.lockkeeper.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The archive of the program's own classes, which the launcher fills when it finds an empty one: by
 * a walk where the practice program lies beside it. Java 25 uses it wherever the folder is moved,
 * as long as the jars keep their sizes and times. An older Java remembers the paths of the jars as
 * well: there it is left empty, and filled in the place to which the product is unpacked, if
 * somebody starts it who may write there.
 *
 * @param jdk whose Java it is
 * @param product the folder of the product
 */
record Training(Jdk jdk, Path product) {
  private static final int MOVABLE = 25;

  void run() throws IOException, InterruptedException {
    boolean movable = jdk.feature() >= MOVABLE;
    Path app = product.resolve("app");
    Path archive = Files.createFile(app.resolve(movable ? "classes.aot" : "classes.jsa"));
    if (movable) {
      Path launcher = product.resolve("bin/lockkeeper");
      ProcessBuilder trained = new ProcessBuilder(launcher.toString(), "--version");
      trained.environment().put("LOCKKEEPER_TRAIN", "true");
      Command.run(trained);
      if (!Files.exists(archive)) {
        throw new IOException("no archive of classes was made: try %s".formatted(launcher));
      }
    }
  }
}
