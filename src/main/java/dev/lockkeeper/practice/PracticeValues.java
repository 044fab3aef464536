package dev.lockkeeper.practice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lockkeeper.practice.charts.Chart;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The values that whoever installed a practice world's Coder gave to Helm. */
final class PracticeValues {
  private PracticeValues() {}

  static ObjectNode of(Chart chart) {
    String name =
        switch (chart.line()) {
          case V1 -> "values-v1.yaml";
          case V2 -> "values-v2.yaml";
        };
    try (InputStream file = PracticeValues.class.getResourceAsStream(name)) {
      return (ObjectNode) new YAMLMapper().readTree(file);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
