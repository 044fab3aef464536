package dev.lockkeeper.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockkeeper.snapshot.HelmRepository;
import dev.lockkeeper.snapshot.Masked;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The chart repositories that the operator's own helm knows, as it tells them. */
final class OwnRepositories {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int MOST = 100;

  /** A helm that knows none ends with this failure. */
  private static final Pattern NONE = Pattern.compile("(?is).*no repositories.*");

  private static final ObjectMapper JSON = new ObjectMapper();

  private OwnRepositories() {}

  /** All of them; empty when helm did not tell. Never fails. */
  static Optional<List<HelmRepository>> read(HelmConfig desk) {
    try {
      RunFolder scratch = RunFolder.scratch(desk.runs());
      try {
        HelmQuery.Said said =
            new HelmQuery(desk.program().orElseThrow(), scratch)
                .run(List.of("repo", "list", "--output", "json"), PATIENCE);
        boolean none = !said.well() && NONE.matcher(said.trouble()).matches();
        return said.well() || none
            ? Optional.of(none ? List.of() : listed(said.out()))
            : Optional.empty();
      } finally {
        scratch.remove();
      }
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static List<HelmRepository> listed(String json) throws IOException {
    List<HelmRepository> all = new ArrayList<>();
    for (JsonNode each : JSON.readTree(json)) {
      if (all.size() < MOST) {
        all.add(
            new HelmRepository(
                each.path("name").asText(), Masked.of(each.path("url").asText()).text()));
      }
    }
    return List.copyOf(all);
  }
}
