package brokenhouse.diagnosis;

/** Something that other rooms import. */
public record Something() {}
