package dev.lockkeeper.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command on several lines is still that command. */
class CommandLinesTest {
  private static final String PATCH =
      "kubectl --context prod-eu -n coder patch deployment/coder --type=strategic -p "
          + "'{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"coder\","
          + "\"livenessProbe\":{\"httpGet\":{\"path\":\"/healthz, as it was\",\"port\":\"http\"}}}]}}}}'";

  private static List<String> lines(String command, int width) {
    return CommandLines.of(command, Style.COMMAND, width).stream().map(Line::text).toList();
  }

  @Test
  void itGoesOnBehindABackslashAndNeverWithinAWord() {
    assertThat(lines("kubectl -n coder scale deployment/coder --replicas=0", 40))
        .containsExactly("kubectl -n coder scale \\", "  deployment/coder --replicas=0");
  }

  @Test
  void anOptionKeepsItsValue() {
    assertThat(lines("helm get values prod --output yaml --revision 3", 36))
        .containsExactly("helm get values prod --output yaml \\", "  --revision 3");
  }

  @Test
  void eachOfSeveralCommandsBeginsALine() {
    assertThat(lines("helm repo add a https://a.example && helm repo update a", 70))
        .containsExactly("helm repo add a https://a.example &&", "helm repo update a");
  }

  @Test
  void aStatementNeedsNoBackslash() {
    assertThat(lines("SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity;", 40))
        .containsExactly("SELECT pid, pg_terminate_backend(pid)", "  FROM pg_stat_activity;");
  }

  /** What a shell makes of the lines is the command: a break within a JSON is between its parts. */
  @ParameterizedTest
  @ValueSource(ints = {30, 44, 60, 100, 400})
  void aJsonIsBrokenOnlyWhereABreakMeansNothing(int width) {
    List<String> lines = lines(PATCH, width);
    assertThat(lines).allMatch(line -> line.length() <= width);
    String joined =
        lines.stream()
            .map(line -> line.endsWith(" \\") ? line.substring(0, line.length() - 1) : line)
            .map(String::stripLeading)
            .collect(Collectors.joining());
    assertThat(joined).isEqualTo(PATCH);
    assertThat(lines).anyMatch(line -> line.contains("/healthz, as it was"));
  }

  @Test
  void hostileTextIsInertAndEndsSomewhere() {
    assertThat(lines("a\u001b[31m 漢字漢字漢字漢字 '" + "x".repeat(90) + "\"", 9))
        .allMatch(line -> !line.contains("\u001b") && Shown.of(line).columns() <= 9);
  }
}
