package dev.lockkeeper.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Helm 3.19 and 3.21 said to repositories that were in trouble, and what is made of it. */
class ChartTroubleTest {
  private static final String URL = "https://charts.example.invalid/v2";
  private static final String OCI = "oci://registry.example.invalid/chart/coder";
  private static final String LOOKS_LIKE =
      "looks like \"" + URL + "\" is not a valid chart repository or cannot be reached: ";

  static List<Arguments> said() {
    return List.of(
        Arguments.of(
            URL,
            LOOKS_LIKE + "Get \"" + URL + "/index.yaml\": dial tcp: lookup charts: no such host",
            "knows no host charts.example.invalid: is --helm-repository spelt right"),
        Arguments.of(
            URL,
            LOOKS_LIKE + "Get \"" + URL + "/x\": dial tcp 127.0.0.1:1: connect: connection refused",
            "does not answer (connection refused): is HTTPS_PROXY needed"),
        Arguments.of(
            URL, "helm said nothing for 60 s", "does not answer (helm said nothing for 60 s)"),
        Arguments.of(
            URL,
            LOOKS_LIKE + "failed to fetch " + URL + "/index.yaml : 401 Unauthorized",
            "wants a login (401), which is not given here"),
        Arguments.of(
            URL,
            LOOKS_LIKE + "failed to fetch " + URL + "/index.yaml : 403 Forbidden",
            "wants a login (403)"),
        Arguments.of(
            OCI,
            "GET \"https://registry.example.invalid/v2/\": response status code 401: unauthorized",
            "run 'helm registry login registry.example.invalid'"),
        Arguments.of(
            URL,
            LOOKS_LIKE
                + "error unmarshaling JSON: while decoding JSON: json: unknown field \"<!DOCTYPE",
            "is no chart repository, what answers is perhaps a web or login page"),
        Arguments.of(
            URL,
            LOOKS_LIKE + "failed to fetch " + URL + "/index.yaml : 404 Not Found",
            "has no index.yaml (404): name the URL above it"),
        Arguments.of(
            URL,
            LOOKS_LIKE
                + "Get \"x\": tls: failed to verify certificate: x509: certificate signed by unknown authority",
            "no trusted TLS connection (certificate signed by unknown authority)"),
        Arguments.of(URL, "something new", URL + ": something new"));
  }

  @ParameterizedTest
  @MethodSource("said")
  void itIsSaidWhatWhereAndWhatNext(String repository, String said, String told) {
    assertThat(ChartTrouble.told(repository, said)).contains(told).startsWith(repository);
    assertThat(ChartTrouble.told(repository, said).length()).isLessThan(240);
  }

  /** A repository may be called whatever it likes. */
  @ParameterizedTest
  @MethodSource("named")
  void theNameOfARepositoryIsNoTrouble(String repository) {
    assertThat(ChartTrouble.told(repository, "reading " + repository + ": no such host"))
        .contains("knows no host");
  }

  static List<String> named() {
    return List.of("https://401.example.invalid", "https://x.invalid/forbidden/yaml: 404");
  }
}
