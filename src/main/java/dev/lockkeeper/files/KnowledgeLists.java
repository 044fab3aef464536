package dev.lockkeeper.files;

import dev.lockkeeper.coder.ChartFacts;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Evidence;
import dev.lockkeeper.coder.KnownIssue;
import dev.lockkeeper.coder.SchemaGap;
import dev.lockkeeper.coder.VersionRange;
import dev.lockkeeper.parsing.YamlNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The lists of gaps, known issues and charts. */
final class KnowledgeLists {
  private static final Set<String> GAP =
      Set.of("schema", "releases", "missing", "stop", "explanation");
  private static final Set<String> ISSUE =
      Set.of(
          "id",
          "title",
          "severity",
          "source",
          "target",
          "symptom",
          "cause",
          "remedy",
          "evidence",
          "reference");
  private static final Set<String> CHART =
      Set.of(
          "since",
          "livenessByDefault",
          "livenessValues",
          "readinessValues",
          "strategyValue",
          "defaultResources");

  private KnowledgeLists() {}

  static List<SchemaGap> gaps(List<YamlNode> nodes) {
    return nodes.stream().map(KnowledgeLists::gap).toList();
  }

  private static SchemaGap gap(YamlNode node) {
    node.only(GAP);
    return new SchemaGap(
        node.at("schema").number(),
        node.list("releases").stream().map(KnowledgeLists::version).toList(),
        node.list("missing").stream().map(YamlNode::number).toList(),
        node.at("stop").flag(),
        node.text("explanation"));
  }

  static List<KnownIssue> issues(List<YamlNode> nodes) {
    return nodes.stream().map(KnowledgeLists::issue).toList();
  }

  private static KnownIssue issue(YamlNode node) {
    node.only(ISSUE);
    return new KnownIssue(
        node.text("id"),
        node.text("title"),
        severity(node.at("severity")),
        range(node.at("source")),
        range(node.at("target")),
        node.text("symptom"),
        node.text("cause"),
        node.text("remedy"),
        node.optional("evidence").map(KnowledgeLists::evidence),
        node.text("reference"));
  }

  static List<ChartFacts> charts(List<YamlNode> nodes) {
    return nodes.stream().map(KnowledgeLists::chart).toList();
  }

  private static ChartFacts chart(YamlNode node) {
    node.only(CHART);
    return new ChartFacts(
        version(node.at("since")),
        node.at("livenessByDefault").flag(),
        node.list("livenessValues").stream().map(YamlNode::text).toList(),
        node.list("readinessValues").stream().map(YamlNode::text).toList(),
        node.at("strategyValue").flag(),
        node.optional("defaultResources").map(KnowledgeLists::resources));
  }

  private static ChartFacts.Resources resources(YamlNode node) {
    node.only(Set.of("cpu", "memory"));
    return new ChartFacts.Resources(node.text("cpu"), node.text("memory"));
  }

  private static CoderVersion version(YamlNode node) {
    return node.parsed(CoderVersion::parse, "a version such as v2.29.3");
  }

  private static VersionRange range(YamlNode node) {
    return node.parsed(VersionRange::parse, "a range such as v2.27.0..v2.27.7 or <v2.30.0");
  }

  private static KnownIssue.Severity severity(YamlNode node) {
    return node.parsed(
        text ->
            Arrays.stream(KnownIssue.Severity.values())
                .filter(severity -> severity.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst(),
        "one of avoid, prepare, know");
  }

  private static Evidence evidence(YamlNode node) {
    List<String> words = Arrays.stream(Evidence.values()).map(Evidence::name).toList();
    return node.parsed(
        text -> words.contains(text) ? Optional.of(Evidence.valueOf(text)) : Optional.empty(),
        "an evidence that is known",
        words);
  }
}
