package dev.lockkeeper.dist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;

/**
 * Under which licences the libraries are passed on: a list of them, the texts that they carry, and
 * those that they only name. Those of Java lie beside it, in {@code runtime/legal}.
 *
 * @param bill the bill of materials
 * @param texts the folder of the texts that libraries only name
 */
record Licences(Path bill, Path texts) {
  private static final String FOLDER = "share/doc/lockkeeper/licences/";

  /**
   * Lays them into a product.
   *
   * @param jars the libraries in it
   * @throws IOException when a library does not say its licence
   */
  void copyTo(Staged product, String list, List<Path> jars) throws IOException {
    List<String> lines = new ArrayList<>();
    for (JsonNode component : new ObjectMapper().readTree(bill.toFile()).path("components")) {
      String jar = component.path("name").asText() + "-" + component.path("version").asText();
      if (jars.stream().anyMatch(each -> each.getFileName().toString().equals(jar + ".jar"))) {
        lines.add(jar + ": " + licence(component, jar));
      }
    }
    product.write(
        FOLDER + list, lines.stream().sorted().collect(Collectors.joining("\n", "", "\n")));
    for (Path jar : jars) {
      carried(product, jar);
    }
    try (DirectoryStream<Path> named = Files.newDirectoryStream(texts)) {
      for (Path text : named) {
        product.copy(text, FOLDER + text.getFileName());
      }
    }
  }

  private static String licence(JsonNode component, String jar) throws IOException {
    String licences =
        StreamSupport.stream(component.path("licenses").spliterator(), false)
            .map(each -> each.path("license"))
            .map(each -> each.path("id").asText(each.path("name").asText()))
            .collect(Collectors.joining(" or "));
    if (licences.isBlank()) {
      throw new IOException(jar + " does not say its licence, and is not passed on without one");
    }
    return licences;
  }

  private static void carried(Staged product, Path jar) throws IOException {
    String name = jar.getFileName().toString().replaceAll("[.]jar$", "");
    try (JarFile archive = new JarFile(jar.toFile())) {
      for (ZipEntry entry : archive.stream().filter(Licences::isText).toList()) {
        String file = entry.getName().replaceAll("^META-INF/", "").replace('/', '_');
        try (InputStream text = archive.getInputStream(entry)) {
          Files.copy(text, product.path(FOLDER + name + "/" + file));
        }
      }
    }
  }

  private static boolean isText(ZipEntry entry) {
    return entry
        .getName()
        .matches("(?:META-INF/(?:.*/)?)?(?:LICENSE|NOTICE|AL2.0|LGPL2.1)(?:[.](?:txt|md))?");
  }
}
