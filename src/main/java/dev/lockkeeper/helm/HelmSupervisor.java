package dev.lockkeeper.helm;

import dev.lockkeeper.trust.ProcessName;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The main class of the process that looks after one run of helm. It belongs to no terminal and to
 * no wizard: it starts helm, waits for it, and writes down how it ended.
 */
public final class HelmSupervisor {
  static final String ARGUMENT = "argument.";
  static final String VALUES = "values.";

  /** What is written instead of an exit status where helm could not even be started. */
  private static final int NOT_STARTED = 127;

  private static final File NOTHING = new File("/dev/null");

  private final RunFolder folder;
  private final ProcessName self = ProcessName.of(ProcessHandle.current().pid());
  private final Instant since = Instant.now();

  private HelmSupervisor(RunFolder folder) {
    this.folder = folder;
  }

  /**
   * Runs what the folder says.
   *
   * @param arguments the folder
   * @throws IOException if the folder cannot be read or written
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new HelmSupervisor(new RunFolder(Path.of(arguments[0]))).keep();
  }

  private void keep() throws IOException, InterruptedException {
    Properties request = folder.read(RunFolder.REQUEST).orElseThrow();
    // How it ends can be written whatever fills the disk meanwhile.
    folder.reserve(RunFolder.ENDED);
    started(Map.of());
    int status = NOT_STARTED;
    String stage = "values";
    try {
      List<String> values = words(request, VALUES);
      status = values.isEmpty() ? 0 : run(values, folder.values().toFile());
      if (status == 0) {
        stage = "helm";
        status = NOT_STARTED;
        status = run(words(request, ARGUMENT), folder.output().toFile());
      }
    } finally {
      folder.tidy();
      folder.fulfil(
          RunFolder.ENDED,
          Map.of(
              "status", Integer.toString(status),
              "stage", stage,
              "at", Instant.now().toString()));
    }
  }

  /** Says who works, from before the first helm is started. */
  private void started(Map<String, String> more) throws IOException {
    Map<String, String> note = new TreeMap<>(more);
    note.put("keeper", self.toString());
    note.put(RunFolder.PLACE, ProcessName.place());
    note.put("at", since.toString());
    folder.write(RunFolder.STARTED, note);
  }

  private int run(List<String> words, File out) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.path().toFile())
            .redirectInput(NOTHING)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(out))
            .redirectError(ProcessBuilder.Redirect.appendTo(folder.output().toFile()));
    Process helm = builder.start();
    try {
      started(Map.of("helm", ProcessName.of(helm.pid()).toString()));
    } catch (IOException e) {
      // It works all the same, what it needs has to stay until it ends, and we are named already.
    }
    return helm.waitFor();
  }

  private static List<String> words(Properties request, String prefix) {
    List<String> words = new ArrayList<>();
    for (int i = 0; request.getProperty(prefix + i) != null; i++) {
      words.add(request.getProperty(prefix + i));
    }
    return words;
  }
}
