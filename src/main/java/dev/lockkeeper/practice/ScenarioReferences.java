package dev.lockkeeper.practice;

import dev.lockkeeper.parsing.Spelling;
import dev.lockkeeper.parsing.YamlNode;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.charts.Chart;
import dev.lockkeeper.practice.coderd.CoderDatabase;
import dev.lockkeeper.practice.coderd.Releases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a scenario names has to be there: releases and charts that can be practised, migrations that
 * run, kinds that the API server serves, and the object that somebody in the story controls.
 * Whoever practises would otherwise wait for something that never comes.
 *
 * @param root the whole scenario
 * @param versions the versions of charts, without a v
 */
record ScenarioReferences(YamlNode root, List<String> versions) {
  ScenarioReferences(YamlNode root) {
    this(root, versionsOfCharts());
  }

  private static List<String> versionsOfCharts() {
    List<String> versions = new ArrayList<>(Chart.legacyVersions());
    versions.addAll(Releases.bundled().versions());
    return versions;
  }

  /**
   * Makes sure of it.
   *
   * @throws dev.lockkeeper.parsing.Malformed at the first name that stands for nothing
   */
  void hold() {
    root.optional("target").ifPresent(target -> known(target, "v"));
    root.optional("tags")
        .ifPresent(tags -> tags.entries().values().forEach(tag -> known(tag, "v")));
    root.optional("schema").ifPresent(ScenarioReferences::schema);
    root.optional("slow").ifPresent(ScenarioReferences::migrations);
    root.items("objects").forEach(ScenarioReferences::kind);
    root.optional("installed")
        .ifPresent(
            installed -> {
              installed.optional("chart").ifPresent(chart -> known(chart, ""));
              installed.items("earlier").forEach(chart -> known(chart, ""));
            });
    root.items("story").map(turn -> turn.at("do")).forEach(this::action);
  }

  private void action(YamlNode action) {
    action.optional("upgrade").ifPresent(upgrade -> known(upgrade.at("chart"), ""));
    action
        .optional("autoscale")
        .ifPresent(scaler -> object("HorizontalPodAutoscaler", scaler.at("name")));
    action
        .optional("keep-replicas")
        .ifPresent(scaler -> object("Application", scaler.at("application")));
  }

  /** A version that can be installed, after this prefix. */
  private void known(YamlNode version, String prefix) {
    List<String> all = versions.stream().map(each -> prefix + each).toList();
    version.parsed(
        text -> Optional.of(text).filter(all::contains), "a version that can be practised", all);
  }

  private static void schema(YamlNode schema) {
    int number = (int) schema.number();
    boolean empty = number == 0 || number == CoderDatabase.FIRST_SCHEMA;
    if (!empty && !CoderDatabase.migrations().contains(number)) {
      throw schema.malformed(
          "'%d' is neither 0, nor %d, nor the number of a migration that runs here"
              .formatted(number, CoderDatabase.FIRST_SCHEMA));
    }
  }

  private static void migrations(YamlNode slow) {
    slow.entries()
        .forEach(
            (number, seconds) -> {
              if (!CoderDatabase.migrations().contains(Integer.parseInt(number))) {
                throw seconds.malformed("'" + number + "' is no migration that runs here");
              }
            });
  }

  private static void kind(YamlNode object) {
    if (Resources.ofKind(object.text("apiVersion"), object.text("kind")).isEmpty()) {
      throw object.malformed(
          "the practice cluster serves no %s of %s"
              .formatted(object.text("kind"), object.text("apiVersion")));
    }
    object.at("metadata").text("name");
  }

  /** An object of this kind that the scenario makes. */
  private void object(String kind, YamlNode name) {
    List<String> names =
        root.items("objects")
            .filter(object -> object.text("kind").equals(kind))
            .map(object -> object.at("metadata").text("name"))
            .toList();
    if (!names.contains(name.text())) {
      throw name.malformed(
          "the objects of this scenario have no %s '%s'".formatted(kind, name.text())
              + Spelling.suggestion(name.text(), names));
    }
  }
}
