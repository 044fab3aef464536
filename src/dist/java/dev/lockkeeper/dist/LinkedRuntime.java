package dev.lockkeeper.dist;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Java with the modules that the program and practice need, and no others.
 *
 * @param jdk from which it is linked
 * @param program what it runs
 */
record LinkedRuntime(Jdk jdk, Program program) {
  /** Named by no class: Java looks for them by name. The keys of most certificates are elliptic. */
  private static final List<String> BY_NAME = List.of("jdk.crypto.ec");

  void make(Path folder) throws IOException, InterruptedException {
    jdk.run(
        "jlink",
        List.of(
            "--add-modules",
            String.join(",", modules()),
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            folder.toString()));
    // The classes of Java itself, mapped instead of read: for helm and practice, too.
    Path java = folder.resolve("bin/java");
    Command.run(new ProcessBuilder(java.toString(), "-XX:+UseSerialGC", "-Xshare:dump"));
  }

  /** What the classes of all jars name, as far as they can be reached from ours. */
  private List<String> modules() throws IOException, InterruptedException {
    List<Path> libraries = new ArrayList<>(program.libraries());
    libraries.addAll(program.practice());
    List<String> arguments = new ArrayList<>(List.of("--print-module-deps", "--recursive"));
    arguments.addAll(List.of("--ignore-missing-deps", "--multi-release", "" + jdk.feature()));
    arguments.addAll(List.of("--class-path", classPath(libraries.stream())));
    arguments.add(program.jar().toString());
    arguments.add(program.practice().get(0).toString());
    TreeSet<String> modules =
        new TreeSet<>(List.of(jdk.run("jdeps", arguments).strip().split(",")));
    modules.addAll(BY_NAME);
    return List.copyOf(modules);
  }

  private static String classPath(Stream<Path> jars) {
    return jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
