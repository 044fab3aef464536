package dev.lockkeeper.dist;

import dev.lockkeeper.app.Start;
import dev.lockkeeper.cli.Lockkeeper;
import dev.lockkeeper.cli.Outlet;
import dev.lockkeeper.files.Storage;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The program's commands as an operator types them. */
final class Commands {
  private Commands() {}

  /** The program itself. */
  static CommandSpec root() {
    Outlet nowhere = Outlet.on(OutputStream.nullOutputStream());
    return Lockkeeper.model(new Start(Map.of(), nowhere, nowhere, Storage.ofThisMachine()));
  }

  /** It and all below it, each before its own; what is hidden is left out. */
  static List<CommandSpec> all(CommandSpec top) {
    List<CommandSpec> all = new ArrayList<>(List.of(top));
    subcommands(top).forEach(each -> all.addAll(all(each)));
    return all;
  }

  static List<CommandSpec> subcommands(CommandSpec command) {
    return command.subcommands().values().stream()
        .map(line -> line.getCommandSpec())
        .filter(each -> !each.usageMessage().hidden())
        .toList();
  }

  /** Its options; what is hidden is left out. */
  static List<OptionSpec> options(CommandSpec command) {
    return command.options().stream().filter(option -> !option.hidden()).toList();
  }

  /** What is typed after the program's name: nothing, {@code watch}, {@code journal show}. */
  static String path(CommandSpec command) {
    String whole = command.qualifiedName();
    return whole.substring(Math.min(whole.length(), command.root().name().length() + 1));
  }

  /** A description as one line. */
  static String line(String... description) {
    return String.join(" ", description).replace("%%", "%").strip();
  }

  /** These words with a blank between them. */
  static String words(Collection<String> words) {
    return String.join(" ", words);
  }
}
