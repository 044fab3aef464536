package dev.lockkeeper.dist;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What the shells complete without a word from the program: commands and options as they were at
 * build time; runs, contexts and files as the shell finds them.
 *
 * @param words the functions that find them, for both shells
 * @param runbooks the names of the bundled runbooks
 * @param scenarios the names of what can be practised
 */
record Completions(String words, List<String> runbooks, List<String> scenarios) {
  /** For bash: a table of what follows which command, before the text that uses it. */
  String bash(CommandSpec root, String engine) {
    String table = Commands.all(root).stream().map(Completions::row).collect(Collectors.joining());
    return "# bash completion for lockkeeper; made at build time.\n\n"
        + words
        + lists()
        + "\n_lockkeeper_table() {\n  subcommands= valued= flags= operand=nothing\n  case $1 in\n"
        + table
        + "  esac\n}\n"
        + engine;
  }

  private static String row(CommandSpec command) {
    List<String> flags = new ArrayList<>();
    List<String> valued = new ArrayList<>();
    for (OptionSpec option : Commands.options(command)) {
      boolean flag = option.arity().max() == 0;
      Stream.of(option.names())
          .forEach(name -> (flag ? flags : valued).add(flag ? name : name + ":" + kind(option)));
    }
    List<String> below = Commands.subcommands(command).stream().map(CommandSpec::name).toList();
    String operand =
        command.positionalParameters().stream()
            .map(Completions::kind)
            .findFirst()
            .orElse("nothing");
    return "    '%s')%n      subcommands='%s'%n      valued='%s'%n      flags='%s'%n      operand=%s%n      ;;%n"
        .formatted(
            Commands.path(command),
            Commands.words(below),
            Commands.words(valued),
            Commands.words(flags),
            operand);
  }

  /** For zsh: a function for each command, in its own words for options and their descriptions. */
  String zsh(CommandSpec root) {
    String functions =
        Commands.all(root).stream().map(Completions::function).collect(Collectors.joining());
    return "#compdef lockkeeper\n# zsh completion for lockkeeper; made at build time.\n\n"
        + words
        + lists()
        + """

        _lockkeeper_offer() {
          local -a found
          case $1 in
            contexts) found=(${(f)"$(_lockkeeper_contexts ${(Q)${opt_args[--kubeconfig]/#\\~/$HOME}})"}) ;;
            runs) found=(${(f)"$(_lockkeeper_runs)"}) ;;
            runbooks) found=(${=_lockkeeper_runbooks}); _files ;;
            scenarios) found=(${=_lockkeeper_scenarios}) ;;
            formats) found=(table json) ;;
            files) _files; return ;;
            *) return 1 ;;
          esac
          compadd -a found
        }
        """
        + functions
        + "\n_lockkeeper \"$@\"\n";
  }

  private static String function(CommandSpec command) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%n%s() {%n  local curcontext=$curcontext state line%n  typeset -A opt_args%n"
            .formatted(name(command)));
    text.append("  _arguments -C");
    Commands.options(command)
        .forEach(option -> text.append(" \\\n    ").append(specification(option)));
    List<CommandSpec> below = Commands.subcommands(command);
    if (below.isEmpty()) {
      command
          .positionalParameters()
          .forEach(
              each ->
                  text.append(
                      " \\\n    '1:%s: _lockkeeper_offer %s'"
                          .formatted(each.paramLabel(), kind(each))));
      return text.append("\n}\n").toString();
    }
    text.append(
        " \\\n"
            + "    '1:command:->command' '*:: :->rest'\n"
            + "  case $state in\n"
            + "    command)\n"
            + "      local -a commands\n"
            + "      commands=(\n");
    below.forEach(
        each ->
            text.append(
                "        '%s:%s'%n"
                    .formatted(each.name(), said(each.usageMessage().description()))));
    text.append(
        "      )\n"
            + "      _describe -t commands command commands\n"
            + "      ;;\n"
            + "    rest)\n"
            + "      case $words[1] in\n");
    below.forEach(each -> text.append("        %s) %s ;;%n".formatted(each.name(), name(each))));
    return text.append("      esac\n      ;;\n  esac\n}\n").toString();
  }

  private static String specification(OptionSpec option) {
    String names = String.join(" ", option.names());
    boolean flag = option.arity().max() == 0;
    String described = "[%s]".formatted(said(option.description()));
    String value =
        flag ? "" : ":%s: _lockkeeper_offer %s".formatted(option.paramLabel(), kind(option));
    return Stream.of(option.names())
        .map(
            name ->
                "'(%s)%s%s%s'"
                    .formatted(
                        names, name, flag || !name.startsWith("--") ? "" : "=", described + value))
        .collect(Collectors.joining(" "));
  }

  /** The first sentence, without what zsh would read as the end of a description. */
  private static String said(String... description) {
    String first = Commands.line(description).replaceAll("(?: [(]default)?[.:;](?: .*)?$", "");
    return first.replace("[", "(").replace("]", ")").replace(":", "\\:").replace("'", "'\\''");
  }

  private static String name(CommandSpec command) {
    return ("_lockkeeper " + Commands.path(command)).strip().replaceAll("[ -]", "_");
  }

  private String lists() {
    return "\n_lockkeeper_runbooks='%s'%n_lockkeeper_scenarios='%s'%n"
        .formatted(Commands.words(runbooks), Commands.words(scenarios));
  }

  /** What can be offered for it, by the word that stands for it in every help. */
  private static String kind(ArgSpec taken) {
    boolean context =
        taken instanceof OptionSpec option && option.longestName().equals("--context");
    return switch (context ? "CONTEXT" : taken.paramLabel()) {
      case "CONTEXT" -> "contexts";
      case "FILE" -> "files";
      case "FORMAT" -> "formats";
      case "RUN" -> "runs";
      case "RUNBOOK" -> "runbooks";
      case "SCENARIO" -> "scenarios";
      default -> "nothing";
    };
  }
}
