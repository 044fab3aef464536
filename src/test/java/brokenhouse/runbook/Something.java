package brokenhouse.runbook;

/** Something to import. */
public record Something() {}
