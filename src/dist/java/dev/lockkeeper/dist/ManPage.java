package dev.lockkeeper.dist;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The man page: one for all commands, made of what {@code --help} says.
 *
 * @param template its text, with places for what is made
 * @param codes docs/COMMANDS.md, which has the exit codes in a table
 */
record ManPage(String template, String codes) {
  String text(CommandSpec root, String version, Instant time) {
    String commands =
        Commands.all(root).stream()
            .filter(each -> Commands.subcommands(each).isEmpty())
            .map(ManPage::command)
            .collect(Collectors.joining());
    return template
        .replace("@DATE@", time.toString().substring(0, 10))
        .replace("@VERSION@", version)
        .replace("@COMMANDS@\n", commands)
        .replace("@EXIT@\n", exit());
  }

  private static String command(CommandSpec command) {
    StringBuilder text = new StringBuilder();
    String operands =
        command.positionalParameters().stream()
            .map(
                each ->
                    each.arity().min() == 0
                        ? " [" + each.paramLabel() + "]"
                        : " " + each.paramLabel())
            .collect(Collectors.joining());
    text.append(".SS \"%s\"%n".formatted(safe(Commands.path(command) + operands)));
    text.append(paragraph(command.usageMessage().description()));
    for (PositionalParamSpec each : command.positionalParameters()) {
      text.append(".TP%n.I %s%n".formatted(safe(each.paramLabel())));
      text.append(paragraph(each.description()));
    }
    Commands.options(command).stream()
        .filter(each -> !each.usageHelp() && !each.versionHelp())
        .forEach(each -> text.append(option(each)));
    String footer = Commands.line(command.usageMessage().footer());
    return text.append(footer.isEmpty() ? "" : ".PP\n" + paragraph(footer)).toString();
  }

  private static String option(OptionSpec option) {
    String value =
        option.arity().max() == 0 ? "" : " \" \\fI" + safe(option.paramLabel()) + "\\fR\"";
    String names = safe(String.join(", ", option.names()));
    return ".TP%n.B \"%s\"%s%n%s".formatted(names, value, paragraph(option.description()));
  }

  /** The rows of the table in the document that operators read elsewhere. */
  private String exit() {
    List<String> rows =
        codes
            .lines()
            .dropWhile(line -> !line.equals("## Exit codes"))
            .filter(line -> line.matches("\\| \\d+ \\|.*"))
            .toList();
    return rows.stream()
        .map(row -> row.split(" *\\| *", 4))
        .map(cells -> ".TP%n.B %s%n%s".formatted(cells[1], paragraph(cells[2].replace(" |", ""))))
        .collect(Collectors.joining());
  }

  private static String paragraph(String... text) {
    return safe(Commands.line(text)) + "\n";
  }

  /** No character begins a request or an escape. */
  private static String safe(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
