package dev.lockkeeper.practice.charts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.charts.Chart.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where Helm keeps what it knows of repositories, so that a Helm that is used in a world neither
 * needs nor touches what its user has set up elsewhere.
 *
 * @param directory a directory of its own, which need not be there yet
 */
public record HelmHome(Path directory) {
  /** The file with the names and the URLs of the repositories. */
  public Path repositories() {
    return config().resolve("repositories.yaml");
  }

  /** Where the repositories' indexes and archives are kept. */
  public Path cache() {
    return directory.resolve("cache").resolve("repository");
  }

  private Path config() {
    return directory.resolve("config");
  }

  /** The variables by which Helm finds it. */
  public Map<String, String> environment() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("HELM_CONFIG_HOME", config().toString());
    variables.put("HELM_CACHE_HOME", directory.resolve("cache").toString());
    variables.put("HELM_DATA_HOME", directory.resolve("data").toString());
    variables.put("HELM_REPOSITORY_CONFIG", repositories().toString());
    variables.put("HELM_REPOSITORY_CACHE", cache().toString());
    return variables;
  }

  /**
   * Does what {@code helm repo add} does.
   *
   * @param names the lines' repositories by the names that they shall have here
   */
  public void add(ChartRepository repository, Map<String, Line> names) throws IOException {
    Files.createDirectories(config());
    Files.createDirectories(cache());
    ArrayNode entries = Json.MAPPER.createArrayNode();
    for (Map.Entry<String, Line> each : names.entrySet()) {
      entries.add(entry(each.getKey(), repository.url(each.getValue())));
      Path index = cache().resolve(each.getKey() + "-index.yaml");
      Files.writeString(index, repository.index(each.getValue()));
      Files.writeString(cache().resolve(each.getKey() + "-charts.txt"), Chart.NAME + "\n");
    }
    ObjectNode file =
        Json.object("apiVersion", "", "generated", "0001-01-01T00:00:00Z", "repositories", entries);
    Files.writeString(repositories(), Texts.yaml(file));
  }

  /** The URL of the first repository, which is where the operator would take a chart from. */
  public String url() throws IOException {
    return Texts.yaml(Files.readString(repositories())).at("/repositories/0/url").asText();
  }

  private static ObjectNode entry(String name, String url) {
    return Json.object(
        "name", name,
        "url", url,
        "caFile", "",
        "certFile", "",
        "keyFile", "",
        "username", "",
        "password", "",
        "insecure_skip_tls_verify", false,
        "pass_credentials_all", false);
  }
}
