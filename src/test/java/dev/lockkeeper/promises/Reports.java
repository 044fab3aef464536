package dev.lockkeeper.promises;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** How the tests of a build ended, by what it wrote down of them. */
final class Reports {
  private Reports() {}

  /** How a test ended, the best first. */
  enum Ended {
    PASSED,
    /** It failed, and passed when it was run once more. */
    PASSED_AGAIN,
    SKIPPED,
    FAILED
  }

  /**
   * How each test ended, by {@code Class.method}; one with several runs as the worst of them.
   *
   * @param folders where the reports are
   */
  static Map<String, Ended> of(List<Path> folders) throws Exception {
    Map<String, Ended> ended = new HashMap<>();
    for (Element one : cases(folders)) {
      ended.merge(name(one), how(one), (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }
    return ended;
  }

  /** How many tests of a class ended how; one that runs several times counts each time. */
  static Map<Ended, Long> counts(List<Path> folders, String type) throws Exception {
    return cases(folders).stream()
        .filter(one -> name(one).startsWith(type + "."))
        .collect(Collectors.groupingBy(Reports::how, TreeMap::new, Collectors.counting()));
  }

  /** Which tests were skipped, by what they said of why. */
  static Map<String, Set<String>> skipped(List<Path> folders) throws Exception {
    Map<String, Set<String>> skipped = new TreeMap<>();
    for (Element one : cases(folders)) {
      if (how(one) == Ended.SKIPPED) {
        skipped.computeIfAbsent(why(one), any -> new TreeSet<>()).add(name(one));
      }
    }
    return skipped;
  }

  /** What an assumption says stands where a stack trace would. */
  private static String why(Element test) {
    Element skipped = (Element) test.getElementsByTagName("skipped").item(0);
    String message = skipped.getAttribute("message");
    String said = message.isEmpty() ? skipped.getTextContent().strip() : message;
    return said.lines()
        .findFirst()
        .map(line -> line.replaceFirst("^(\\S+Exception: )?(Assumption failed: )?(SKIPPED: )?", ""))
        .orElse("no reason said");
  }

  private static List<Element> cases(List<Path> folders) throws Exception {
    List<Element> all = new ArrayList<>();
    DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    for (Path folder : folders) {
      File[] files = folder.toFile().listFiles((in, name) -> name.matches("TEST-.*\\.xml"));
      for (File file : files == null ? new File[0] : files) {
        NodeList cases = builder.parse(file).getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
          all.add((Element) cases.item(i));
        }
      }
    }
    return all;
  }

  /** {@code Class.method} without packages, parameters and numbers. */
  private static String name(Element test) {
    String type =
        test.getAttribute("classname").replaceFirst(".*\\.", "").replaceFirst("\\$.*", "");
    return type + "." + test.getAttribute("name").replaceFirst("[^\\w].*", "");
  }

  private static Ended how(Element test) {
    if (has(test, "failure") || has(test, "error")) {
      return Ended.FAILED;
    }
    if (has(test, "skipped")) {
      return Ended.SKIPPED;
    }
    return has(test, "flakyFailure") || has(test, "flakyError") ? Ended.PASSED_AGAIN : Ended.PASSED;
  }

  private static boolean has(Element test, String child) {
    return test.getElementsByTagName(child).getLength() > 0;
  }
}
