package brokenhouse.parsing;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Is read by its annotations, in which no line of a file is known. */
public record Bound(@JsonProperty("word") String word) {}
