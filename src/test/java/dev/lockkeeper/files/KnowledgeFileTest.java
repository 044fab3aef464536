package dev.lockkeeper.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockkeeper.parsing.Malformed;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnowledgeFileTest {
  private static final Map<String, String> GOOD =
      Map.of(
          "releases.txt", "v2.29.3 401 exact\n",
          "migrations.txt", "1 base v2.0.0 creates users\n",
          "gaps.yaml", "[]",
          "issues.yaml", "[]",
          "charts.yaml", "[]");

  @Test
  void theBundledFilesAreUnderstood() {
    assertThat(KnowledgeFile.load().releases()).isNotEmpty();
    assertThat(KnowledgeFile.load().issues()).isNotEmpty();
    assertThat(KnowledgeFile.load().charts()).isNotEmpty();
  }

  @Test
  void aReleaseWithoutANumberIsNamedByFileAndLine() {
    assertMalformed(
        "releases.txt", "# head\nv2.29.3 4o1 exact\n", "releases.txt:2: '4o1' is no schema number");
  }

  @Test
  void aReleaseWithoutACertaintyIsNamedByFileAndLine() {
    assertMalformed("releases.txt", "v2.29.3 401\n", "releases.txt:1: no certainty");
    assertMalformed("releases.txt", "v2.29.3 401 sure\n", "releases.txt:1: 'sure' is none of");
    assertMalformed("releases.txt", "v2.29.3 401 exact 402\n", "releases.txt:1: '402' is more");
  }

  @Test
  void aVersionOfAnotherShapeIsNamedByFileAndLine() {
    assertMalformed("releases.txt", "2.29 401 exact\n", "releases.txt:1: '2.29' is no version");
  }

  @Test
  void aHoleInTheMigrationsIsNamedByFileAndLine() {
    assertMalformed(
        "migrations.txt",
        "1 base v2.0.0\n3 workspaces v2.0.0\n",
        "migrations.txt:2: migration 2 was expected here");
  }

  @Test
  void aTableOfNoKindIsNamedByFileAndLine() {
    assertMalformed(
        "migrations.txt", "1 base v2.0.0 users\n", "migrations.txt:1: 'users' is neither");
  }

  @Test
  void aMisspeltKeyIsNamedByFileAndLine() {
    assertMalformed(
        "gaps.yaml",
        "- schema: 316\n  relases: []\n",
        "gaps.yaml:2: 'relases' is not known here; did you mean 'releases'?");
  }

  @Test
  void aKeyThatIsNearToNoneIsToldWhichAreKnown() {
    assertMalformed("charts.yaml", "- since: v2.0.0\n  colour: x\n", "known are [defaultResources");
  }

  @Test
  void aMissingKeyIsNamedByTheLineOfItsItem() {
    assertMalformed(
        "gaps.yaml", "# head\n- schema: 316\n  releases: []\n", "gaps.yaml:2: 'missing' is");
  }

  @Test
  void aKeyThatIsThereTwiceIsNamed() {
    assertMalformed("gaps.yaml", "- schema: 316\n  schema: 317\n", "gaps.yaml:2: ");
  }

  @Test
  void aRangeOfAnotherShapeIsNamedByFileAndLine() {
    assertMalformed(
        "issues.yaml",
        "- id: x\n  title: y\n  severity: know\n  source: from 2.27\n",
        "issues.yaml:4: 'from 2.27' is not a range");
  }

  @Test
  void aSeverityThatIsNotKnownIsNamed() {
    assertMalformed(
        "issues.yaml",
        "- id: x\n  title: y\n  severity: grave\n",
        "issues.yaml:3: 'grave' is not one of avoid, prepare, know");
  }

  @Test
  void anEvidenceThatIsNotKnownIsNamedWithTheNearestOne() {
    assertMalformed(
        "issues.yaml",
        "- {id: x, title: y, severity: know, source: any, target: any, symptom: s, cause: c,"
            + " remedy: r,\n"
            + "   evidence: API_KEY, reference: z}\n",
        "issues.yaml:2: 'API_KEY' is not an evidence that is known; did you mean 'API_KEYS'?");
  }

  @Test
  void aNumberAndAFlagOfAnotherShapeAreNamed() {
    assertMalformed(
        "gaps.yaml",
        "- {schema: x, releases: [], missing: [], stop: true, explanation: e}",
        "gaps.yaml:1: 'x' is not a whole number");
    assertMalformed(
        "gaps.yaml",
        "- {schema: 1, releases: [], missing: [], stop: yes, explanation: e}",
        "gaps.yaml:1: 'yes' is neither true nor false");
  }

  @Test
  void aListWhereAValueShouldBeIsNamed() {
    assertMalformed(
        "gaps.yaml", "- schema: []\n  releases: []\n", "gaps.yaml:1: a list is here, where a");
    assertMalformed("gaps.yaml", "schema: 1\n", "gaps.yaml:1: a map is here, where a");
    assertMalformed("gaps.yaml", "", "gaps.yaml:1: it is empty");
  }

  @Test
  void brokenYamlIsNamedByFileAndLine() {
    assertMalformed(
        "charts.yaml",
        "- since: v2.0.0\n  a: [1\n",
        "charts.yaml:2: while parsing a flow sequence: expected");
  }

  private static void assertMalformed(String file, String text, String message) {
    Map<String, String> files = new HashMap<>(GOOD);
    files.put(file, text);
    assertThatThrownBy(() -> KnowledgeFile.load(files::get))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining(message);
  }
}
