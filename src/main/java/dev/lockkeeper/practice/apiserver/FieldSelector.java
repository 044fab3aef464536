package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chooses objects by a few of their fields: which ones, every resource says for itself.
 *
 * @param terms all of which must hold
 */
record FieldSelector(List<Term> terms) {
  private static final Pattern TERM = Pattern.compile("([^=!]+)(==|=|!=)(.*)");
  private static final Set<String> EVERYWHERE = Set.of("metadata.name", "metadata.namespace");
  private static final Map<Resource, Set<String>> SUPPORTED =
      Map.of(
          Resources.PODS,
          Set.of(
              "spec.nodeName",
              "spec.restartPolicy",
              "spec.schedulerName",
              "spec.serviceAccountName",
              "spec.hostNetwork",
              "status.phase",
              "status.podIP",
              "status.nominatedNodeName"),
          Resources.EVENTS,
          Set.of(
              "involvedObject.kind",
              "involvedObject.namespace",
              "involvedObject.name",
              "involvedObject.uid",
              "involvedObject.apiVersion",
              "involvedObject.resourceVersion",
              "involvedObject.fieldPath",
              "reason",
              "reportingComponent",
              "source",
              "type"),
          Resources.NAMESPACES,
          Set.of("status.phase"),
          Resources.NODES,
          Set.of("spec.unschedulable"),
          Resources.SECRETS,
          Set.of("type"),
          Resources.REPLICASETS,
          Set.of("status.replicas"));

  FieldSelector {
    terms = List.copyOf(terms);
  }

  /** One comparison of a field with a value. */
  record Term(String field, boolean equal, String value) {
    boolean holds(JsonNode object) {
      String path = field.equals("source") ? "source.component" : field;
      return equal == Json.text(object, "/" + path.replace('.', '/')).equals(value);
    }
  }

  /** Reads what a URL says; fails with 400 for a field that cannot be selected by. */
  static FieldSelector parse(Resource resource, String text) {
    List<Term> terms = new ArrayList<>();
    for (String part : text.split(",")) {
      Matcher matcher = TERM.matcher(part.trim());
      if (matcher.matches()) {
        terms.add(term(resource, text, matcher));
      } else if (!part.isBlank()) {
        throw Failure.badRequest("invalid field selector: " + part);
      }
    }
    return new FieldSelector(terms);
  }

  private static Term term(Resource resource, String all, Matcher matcher) {
    String field = matcher.group(1).trim();
    Set<String> own = SUPPORTED.getOrDefault(resource, Set.of());
    if (!EVERYWHERE.contains(field) && !own.contains(field)) {
      throw Failure.badRequest(
          "Unable to find \"%s, Resource=%s\" that match label selector \"\", field selector"
                  .formatted(resource.apiVersion(), resource.plural())
              + " \"%s\": field label not supported: %s".formatted(all, field));
    }
    return new Term(field, !matcher.group(2).equals("!="), matcher.group(3).trim());
  }

  boolean matches(JsonNode object) {
    return terms.stream().allMatch(term -> term.holds(object));
  }

  /** The one name that objects must have, if there is one. */
  Optional<String> name() {
    return terms.stream()
        .filter(term -> term.equal() && term.field().equals("metadata.name"))
        .map(Term::value)
        .findFirst();
  }
}
