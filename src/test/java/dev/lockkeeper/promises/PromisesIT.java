package dev.lockkeeper.promises;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Every promise of docs/PROMISES.md names the tests that would fail if it were broken. Here the
 * reports of this very build are read: a test that is not in them, or was skipped, keeps nothing.
 */
class PromisesIT {
  private static final Path PAGE = Path.of("docs/PROMISES.md");
  private static final List<Path> REPORTS =
      List.of(Path.of("target/surefire-reports"), Path.of("target/failsafe-reports"));
  private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| (.+?) \\| (.+) \\|");
  private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");
  private static final int PROMISES = 18;

  private enum Ended {
    PASSED,
    SKIPPED,
    FAILED
  }

  private static List<Matcher> rows() throws IOException {
    try (Stream<String> lines = Files.lines(PAGE)) {
      return lines.map(ROW::matcher).filter(Matcher::matches).toList();
    }
  }

  @Test
  void noPromiseIsLeftOut() throws IOException {
    List<Integer> numbers = rows().stream().map(row -> Integer.valueOf(row.group(1))).toList();
    assertThat(numbers)
        .containsExactlyElementsOf(Stream.iterate(1, i -> i + 1).limit(PROMISES).toList());
  }

  @TestFactory
  Stream<DynamicTest> everyPromiseIsKeptByTestsThatRan() throws Exception {
    Map<String, Ended> ended = reports();
    assertThat(ended).as("reports of this build").isNotEmpty();
    return rows().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.group(1) + " " + row.group(2), () -> kept(row.group(3), ended)));
  }

  private static void kept(String tests, Map<String, Ended> ended) {
    List<String> named = new ArrayList<>();
    Matcher each = TEST.matcher(tests);
    while (each.find()) {
      named.add(each.group(1) + "." + each.group(2));
    }
    assertThat(named).as("tests of this promise").isNotEmpty();
    for (String test : named) {
      assertThat(ended).containsEntry(test, Ended.PASSED);
    }
  }

  /** How each test ended; one with several runs passed when all of them did. */
  private static Map<String, Ended> reports() throws Exception {
    Map<String, Ended> ended = new HashMap<>();
    DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    for (Path folder : REPORTS) {
      File[] files = folder.toFile().listFiles((in, name) -> name.matches("TEST-.*\\.xml"));
      for (File file : files == null ? new File[0] : files) {
        NodeList cases = builder.parse(file).getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
          Element one = (Element) cases.item(i);
          ended.merge(name(one), how(one), (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
      }
    }
    return ended;
  }

  /** {@code Class.method} without packages, parameters and numbers. */
  private static String name(Element test) {
    String type =
        test.getAttribute("classname").replaceFirst(".*\\.", "").replaceFirst("\\$.*", "");
    return type + "." + test.getAttribute("name").replaceFirst("[^\\w].*", "");
  }

  private static Ended how(Element test) {
    if (test.getElementsByTagName("skipped").getLength() > 0) {
      return Ended.SKIPPED;
    }
    int wrong =
        test.getElementsByTagName("failure").getLength()
            + test.getElementsByTagName("error").getLength();
    return wrong > 0 ? Ended.FAILED : Ended.PASSED;
  }
}
