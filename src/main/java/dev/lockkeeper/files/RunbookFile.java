package dev.lockkeeper.files;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Guard;
import dev.lockkeeper.parsing.Malformed;
import dev.lockkeeper.parsing.Spelling;
import dev.lockkeeper.parsing.YamlNode;
import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.runbook.Section;
import dev.lockkeeper.runbook.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runbooks in YAML. */
public final class RunbookFile {
  private static final String FOLDER = "runbooks/";
  private static final Set<String> STEP =
      Set.of(
          "id",
          "title",
          "why",
          "when",
          "already",
          "before",
          "readings",
          "questions",
          "choice",
          "action",
          "after",
          "covers");

  private RunbookFile() {}

  /**
   * A runbook that is bundled with the program.
   *
   * @throws Malformed if there is none of this name, or it cannot be understood
   */
  public static Runbook bundled(String name) {
    return read(BundledYaml.read(known(name)));
  }

  /** The text of a bundled runbook, to be read or to begin one's own with. */
  public static String text(String name) {
    return BundledYaml.text(known(name));
  }

  /** Whether a runbook of this name is part of this build. */
  static boolean isBundled(String name) {
    return name.matches(Runbooks.NAME) && BundledYaml.has(path(name));
  }

  private static String known(String name) {
    if (!isBundled(name)) {
      throw new Malformed(
          "there is no runbook '" + name + "'" + Spelling.suggestion(name, Runbooks.names()));
    }
    return path(name);
  }

  private static String path(String name) {
    return FOLDER + name + ".yaml";
  }

  /**
   * A runbook from its text.
   *
   * @param file its name, for messages
   * @throws Malformed naming file, line and what is wrong
   */
  public static Runbook read(String file, String text) {
    return read(YamlNode.map(file, text));
  }

  private static Runbook read(YamlNode root) {
    root.only(Set.of("name", "title", "target", "sections"));
    List<Section> sections = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (YamlNode node : root.list("sections")) {
      node.only(Set.of("title", "steps"));
      List<Step> steps = node.list("steps").stream().map(step -> step(step, ids)).toList();
      sections.add(new Section(sections.size() + 1, node.text("title"), steps));
    }
    Runbook runbook = new Runbook(name(root), root.text("title"), needsTarget(root), sections);
    ReferenceCheck.of(root).hold();
    return runbook;
  }

  /** It becomes part of a folder's name. */
  private static String name(YamlNode root) {
    return root.at("name")
        .parsed(
            text -> Optional.of(text).filter(name -> name.matches(Runbooks.NAME)),
            "a name: small letters, digits and hyphens, such as coder-upgrade");
  }

  /** {@code target: required}; left out where the run stays at the version that is there. */
  private static boolean needsTarget(YamlNode root) {
    return root.optional("target")
        .map(
            node -> node.parsed(text -> Optional.of(text).filter("required"::equals), "'required'"))
        .isPresent();
  }

  private static Step step(YamlNode node, Set<String> ids) {
    node.only(STEP);
    if (!ids.add(node.text("id"))) {
      throw node.at("id").malformed("a step '" + node.text("id") + "' is here already");
    }
    return new Step(
        node.text("id"),
        node.text("title"),
        node.text("why"),
        node.optional("when").map(RunbookFile::condition),
        node.optional("already").map(item -> item.word(RunbookVocabulary.CHECKS)),
        node.items("before").map(RunbookFile::guard).toList(),
        node.items("readings").map(item -> item.word(RunbookVocabulary.READINGS)).toList(),
        node.items("questions").map(RunbookFile::question).toList(),
        node.optional("choice").map(RunbookFile::choice),
        node.optional("action").map(item -> item.word(RunbookVocabulary.ACTIONS)),
        checks(node, "after"),
        node.items("covers").map(YamlNode::text).toList());
  }

  /** {@code {way: wizard}}: only where this was chosen. */
  private static Step.Condition condition(YamlNode node) {
    Map.Entry<String, YamlNode> entry = node.single();
    return new Step.Condition(entry.getKey(), entry.getValue().text());
  }

  /** {@code {must: no-migration-runs}}. */
  private static Guard guard(YamlNode node) {
    node.only(RunbookVocabulary.STRENGTHS.keySet());
    Map.Entry<String, YamlNode> entry = node.single();
    return new Guard(
        entry.getValue().word(RunbookVocabulary.CHECKS),
        RunbookVocabulary.STRENGTHS.get(entry.getKey()));
  }

  private static Step.Question question(YamlNode node) {
    node.only(Set.of("word", "ask", "format", "hint", "after", "unless"));
    return new Step.Question(
        node.text("word"),
        node.text("ask"),
        node.at("format").word(RunbookVocabulary.FORMATS),
        node.text("hint"),
        node.optional("after").map(YamlNode::text),
        node.optional("unless").map(check -> check.word(RunbookVocabulary.CHECKS)));
  }

  private static Step.Choice choice(YamlNode node) {
    node.only(Set.of("word", "options"));
    return new Step.Choice(
        node.text("word"), node.list("options").stream().map(RunbookFile::option).toList());
  }

  private static Step.Option option(YamlNode node) {
    node.only(Set.of("value", "title", "consequences", "allowed"));
    return new Step.Option(
        node.text("value"),
        node.text("title"),
        node.items("consequences").map(YamlNode::text).toList(),
        checks(node, "allowed"));
  }

  private static List<Check> checks(YamlNode node, String key) {
    return node.items(key).map(item -> item.word(RunbookVocabulary.CHECKS)).toList();
  }
}
