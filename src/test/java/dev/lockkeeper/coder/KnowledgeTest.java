package dev.lockkeeper.coder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.files.KnowledgeFile;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnowledgeTest {
  private static final Knowledge KNOWLEDGE = KnowledgeFile.load();

  @Test
  void twoHundredAndTwentyNineReleasesWereReadOffTheirTags() {
    assertThat(KNOWLEDGE.releases()).filteredOn(Release::exact).hasSize(229);
    assertThat(KNOWLEDGE.releases()).map(Release::version).doesNotHaveDuplicates();
  }

  @Test
  void migrationsAreNumberedWithoutHoles() {
    assertThat(KNOWLEDGE.migrations())
        .map(Migration::number)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 579).boxed().toList());
  }

  @ParameterizedTest
  @CsvSource({
    "v2.0.0, 147", "v2.4.0, 168", "v2.10.0, 205", "v2.10.1, 206", "v2.21.0, 313", "v2.21.1, 316",
    "v2.26.6, 362", "v2.27.7, 376", "v2.29.3, 401", "v2.30.2, 412", "v2.31.0, 412", "v2.31.1, 421",
    "v2.33.0-rc.1, 462", "v2.34.0, 509", "v2.36.0, 556"
  })
  void aSeenReleaseHasTheNumberOfItsFiles(String text, long schema) {
    assertThat(KNOWLEDGE.schemaOf(version(text)))
        .contains(new SchemaNumber(schema, SchemaCertainty.EXACT));
  }

  @ParameterizedTest
  @CsvSource({"v2.29.99, 401", "v2.31.99, 421", "v2.36.3, 556", "v2.36.77, 556"})
  void anUnseenPatchOfAKnownLineIsMarkedAsInferred(String text, long schema) {
    assertThat(KNOWLEDGE.schemaOf(version(text)))
        .contains(new SchemaNumber(schema, SchemaCertainty.INFERRED));
  }

  @ParameterizedTest
  @CsvSource({"v2.37.0, 579", "v2.37.2, 579", "v2.38.0, 580", "v2.39.1, 580", "v3.0.0, 580"})
  void aVersionThatIsNewerThanTheTableHasOnlyALowerBound(String text, long schema) {
    SchemaNumber number = KNOWLEDGE.schemaOf(version(text)).orElseThrow();
    assertThat(number).isEqualTo(new SchemaNumber(schema, SchemaCertainty.AT_LEAST));
    assertThat(number.admits(schema - 1)).isFalse();
    assertThat(number.admits(schema + 5)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"v1.44.0", "v0.27.3", "v2.36.0-rc.7", "v2.38.0-rc.0"})
  void ofOthersNothingIsKnown(String text) {
    assertThat(KNOWLEDGE.schemaOf(version(text))).isEmpty();
  }

  @Test
  void aNumberNamesTheReleasesThatLeaveIt() {
    assertThat(KNOWLEDGE.releasesAt(412))
        .map(release -> release.version().toString())
        .contains("v2.30.0", "v2.30.2", "v2.31.0")
        .doesNotContain("v2.31.1", "v2.29.3");
    assertThat(KNOWLEDGE.releasesAt(400)).isEmpty();
    assertThat(KNOWLEDGE.releasesAt(579)).as("a lower bound is no number").isEmpty();
  }

  @Test
  void thirtyNineMigrationsLieBetween362And401() {
    List<Migration> pending = KNOWLEDGE.between(362, 401);
    assertThat(pending).hasSize(39);
    assertThat(pending.get(0).number()).isEqualTo(363);
    assertThat(pending.get(38).name()).isEqualTo("add_workspace_agents_index");
    assertThat(pending).filteredOn(m -> m.touches().contains("api_keys")).isNotEmpty();
    assertThat(KNOWLEDGE.between(401, 401)).isEmpty();
  }

  @Test
  void oneHundredAndEightMigrationsLieOnTheWayFrom229To234() {
    assertThat(KNOWLEDGE.between(401, 509)).hasSize(108);
  }

  @Test
  void migrationsSayWhichTablesTheyMakeAndTouch() {
    assertThat(KNOWLEDGE.migration(371)).map(Migration::touches).contains(List.of("api_keys"));
    assertThat(KNOWLEDGE.migration(390))
        .map(Migration::creates)
        .contains(List.of("telemetry_locks"));
    assertThat(KNOWLEDGE.migration(412))
        .map(Migration::touches)
        .contains(List.of("tailnet_coordinators", "tailnet_peers", "tailnet_tunnels"));
  }

  @Test
  void number316IsATrap() {
    SchemaGap gap = KNOWLEDGE.gapAt(316).orElseThrow();
    assertThat(gap.stop()).isTrue();
    assertThat(gap.missing()).containsExactly(311L, 314L, 315L);
    assertThat(KNOWLEDGE.gapAt(313)).map(SchemaGap::stop).contains(false);
    assertThat(KNOWLEDGE.gapAt(401)).isEmpty();
  }

  @Test
  void everyGapIsAtTheNumberOfTheReleasesThatItNames() {
    assertThat(KNOWLEDGE.gaps())
        .allSatisfy(
            gap ->
                assertThat(KNOWLEDGE.releasesAt(gap.schema()))
                    .map(Release::version)
                    .containsExactlyElementsOf(gap.releases()));
  }

  @Test
  void theSlowApiKeysMigrationIsNamedOnItsPathOnly() {
    assertThat(issues("v2.26.6", "v2.27.7")).contains("api-keys-371", "api-keys-overlap");
    assertThat(issues("v2.26.6", "v2.28.4")).contains("api-keys-371");
    assertThat(issues("v2.26.6", "v2.29.3"))
        .contains("api-keys-371-deletes", "api-keys-overlap")
        .doesNotContain("api-keys-371", "schema-401");
    assertThat(issues("v2.26.6", "v2.27.8")).doesNotContain("api-keys-371");
    assertThat(issues("v2.27.7", "v2.28.4")).doesNotContain("api-keys-371", "api-keys-overlap");
  }

  @Test
  void aSchemaOfItsOwnBreaksTwoReleases() {
    assertThat(issues("v2.28.5", "v2.29.1")).contains("schema-401");
    assertThat(issues("v2.28.5", "v2.29.2")).doesNotContain("schema-401");
    assertThat(issues("v2.8.4", "v2.9.0")).contains("schema-196");
  }

  @Test
  void aChangedIssuerIsATroubleOfTwoReleasesAlone() {
    String issuer = "oidc-issuer-2-33-8";
    assertThat(issues("v2.29.3", "v2.33.8")).contains(issuer);
    assertThat(issues("v2.33.8", "v2.34.2")).contains(issuer);
    assertThat(issues("v2.33.7", "v2.33.9")).doesNotContain(issuer);
    assertThat(issues("v2.33.8", "v2.34.3")).doesNotContain(issuer);
  }

  @Test
  void emptyVariablesAreATroubleOfWhoCrossesTheirRelease() {
    String empty = "empty-option-2-34";
    assertThat(issues("v2.33.9", "v2.34.0")).contains(empty);
    assertThat(issues("v2.29.3", "v2.36.0")).contains(empty);
    assertThat(issues("v2.34.0", "v2.36.0")).doesNotContain(empty);
    assertThat(issues("v2.29.3", "v2.33.9")).doesNotContain(empty);
  }

  @Test
  void versionsMustNotOverlapOnTheWayTo239() {
    assertThat(issues("v2.38.0", "v2.39.0")).contains("quotas-overlap-2-39");
    assertThat(KNOWLEDGE.mustNotOverlapWithQuotas(version("v2.38.0"), version("v2.39.0"))).isTrue();
    assertThat(KNOWLEDGE.mustNotOverlapWithQuotas(version("v2.38.0"), version("v2.39.0-rc.1")))
        .isTrue();
    assertThat(KNOWLEDGE.mustNotOverlapWithQuotas(version("v2.39.0"), version("v2.39.1")))
        .isFalse();
    assertThat(KNOWLEDGE.mustNotOverlapWithQuotas(version("v2.37.0"), version("v2.38.0")))
        .isFalse();
  }

  @Test
  void theTrapOf221IsNamedOnItsPath() {
    assertThat(issues("v2.21.1", "v2.24.4")).contains("skipped-at-316");
    assertThat(issues("v2.21.0", "v2.24.4")).doesNotContain("skipped-at-316");
  }

  @Test
  void issuesHaveIdsOfTheirOwn() {
    assertThat(KNOWLEDGE.issues()).map(KnownIssue::id).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "v2.21.3, true, false, false",
    "v2.22.0, true, false, true",
    "v2.29.19, true, false, true",
    "v2.30.0-rc.0, false, true, true",
    "v2.36.0, false, true, true"
  })
  void theChartOfAVersionIsKnown(String text, boolean liveness, boolean off, boolean resources) {
    ChartFacts chart = KNOWLEDGE.chart(version(text));
    assertThat(chart.livenessByDefault()).isEqualTo(liveness);
    assertThat(chart.canDisableLiveness()).isEqualTo(off);
    assertThat(chart.defaultResources().isPresent()).isEqualTo(resources);
  }

  @Test
  void between225And229OnlyTheDelayOfTheProbeCanBeSet() {
    assertThat(KNOWLEDGE.chart(version("v2.26.6")).livenessValues())
        .containsExactly("initialDelaySeconds");
    assertThat(KNOWLEDGE.chart(version("v2.24.4")).livenessValues()).isEmpty();
  }

  private static List<String> issues(String source, String target) {
    return KNOWLEDGE.issues(version(source), version(target)).stream().map(KnownIssue::id).toList();
  }

  private static CoderVersion version(String text) {
    return CoderVersion.parse(text).orElseThrow();
  }
}
