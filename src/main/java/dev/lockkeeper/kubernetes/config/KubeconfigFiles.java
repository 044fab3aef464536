package dev.lockkeeper.kubernetes.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lockkeeper.trust.OrdinaryFile;
import dev.lockkeeper.trust.Unreadable;
import io.fabric8.kubernetes.api.model.Config;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which kubeconfig files there are, and what each says. */
final class KubeconfigFiles {
  /** Hundreds of clusters with their certificates fit into it. */
  private static final int LARGEST = 3 << 20;

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(new WithoutExtensions())
          .build();

  private KubeconfigFiles() {}

  /** What others keep there for themselves: to read it, the library would load all its models. */
  private static final class WithoutExtensions extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    private static final Set<String> MEMBERS =
        Set.of("extensions", "getExtensions", "setExtensions");

    @Override
    public boolean hasIgnoreMarker(AnnotatedMember member) {
      return MEMBERS.contains(member.getName()) || super.hasIgnoreMarker(member);
    }
  }

  /**
   * The files to merge, in order: {@code --kubeconfig} alone, else those of KUBECONFIG that exist,
   * else {@code ~/.kube/config}. Empty when there is none and none was asked for: then we may be
   * inside a cluster.
   */
  static List<Path> find(ClusterOptions options, Map<String, String> environment)
      throws ClusterException {
    if (options.kubeconfig().isPresent()) {
      return List.of(existing(options.kubeconfig().get()));
    }
    String variable = environment.getOrDefault("KUBECONFIG", "");
    if (!variable.isBlank()) {
      return fromVariable(variable);
    }
    Path standard = standard(environment);
    return Files.exists(standard) ? List.of(standard) : List.of();
  }

  private static Path existing(Path file) throws ClusterException {
    if (!Files.exists(file)) {
      throw new ClusterException(
          "Kubeconfig %s does not exist: correct --kubeconfig.".formatted(file));
    }
    return file;
  }

  /** kubectl passes over files that do not exist, as long as there is another. */
  private static List<Path> fromVariable(String variable) throws ClusterException {
    List<Path> named =
        Stream.of(variable.split(Pattern.quote(File.pathSeparator)))
            .filter(text -> !text.isBlank())
            .map(Path::of)
            .distinct()
            .toList();
    List<Path> present = named.stream().filter(Files::exists).toList();
    if (present.isEmpty()) {
      throw new ClusterException(
          "KUBECONFIG names %s, which does not exist: correct it or use --kubeconfig."
              .formatted(variable));
    }
    return present;
  }

  /** Where kubectl looks when nobody says where. */
  static Path standard(Map<String, String> environment) {
    return home(environment).resolve(".kube").resolve("config");
  }

  private static Path home(Map<String, String> environment) {
    return Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
  }

  /** Reads one file; an empty one is an empty configuration, as for kubectl. */
  static Config parse(Path file) throws ClusterException {
    String text = text(file);
    try {
      Config config = YAML.readValue(text, Config.class);
      return config == null ? new Config() : config;
    } catch (JsonProcessingException e) {
      if (text.lines().allMatch(line -> line.isBlank() || line.startsWith("#"))) {
        return new Config();
      }
      // The parser's own message may quote the line, and with it a token: only the place is told.
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new ClusterException(
          "Kubeconfig %s:%d is not valid YAML of a kubeconfig: correct that line."
              .formatted(file, line));
    }
  }

  private static String text(Path file) throws ClusterException {
    try {
      return OrdinaryFile.text(file, LARGEST);
    } catch (Unreadable e) {
      throw new ClusterException(
          "Kubeconfig %s cannot be used: %s. Check it or use --kubeconfig."
              .formatted(file, e.getMessage()));
    }
  }
}
