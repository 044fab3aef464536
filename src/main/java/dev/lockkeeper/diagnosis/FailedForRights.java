package dev.lockkeeper.diagnosis;

import dev.lockkeeper.analysis.CoderRole;
import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.snapshot.RoleFacts;
import dev.lockkeeper.snapshot.RoleFacts.OwnedObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Coder's role may not do what the migration does: mostly it does not own a table any more. */
final class FailedForRights {
  private static final Pattern OBJECT =
      Pattern.compile(
          "(?:must be owner of|permission denied for) (\\w+(?: view)?) \"?([^\"\\s(]+)\"?");

  private static final String NOT_THIS =
      "go back to another image for this: the data are fine, and the next upgrade fails for the"
          + " same reason.";

  private final FailedAttempt attempt;
  private final CoderRole coder;
  private final Optional<RoleFacts> facts;

  private FailedForRights(FailedAttempt attempt) {
    this.attempt = attempt;
    this.coder = CoderRole.of(attempt.sight().snapshot());
    this.facts = CoderRole.facts(attempt.sight().snapshot());
  }

  static Finding finding(FailedAttempt attempt) {
    return new FailedForRights(attempt).finding();
  }

  private Finding finding() {
    Optional<OwnedObject> object = object();
    boolean owner = attempt.words().contains("must be owner of");
    if (!owner || object.isEmpty() || coder.name().isEmpty()) {
      return unseen(object);
    }
    boolean mended =
        facts
            .flatMap(seen -> seen.standing(coder.name().get()))
            .filter(standing -> standing.mayAlter(object.get()))
            .isPresent();
    return mended ? mended(object.get()) : foreign(object.get());
  }

  private Optional<OwnedObject> object() {
    Matcher named = OBJECT.matcher(attempt.words());
    return named.find()
        ? facts.stream()
            .flatMap(seen -> seen.objects().stream())
            .filter(each -> each.name().equals(named.group(2)))
            .findFirst()
        : Optional.empty();
  }

  private Finding foreign(OwnedObject object) {
    String role = coder.name().orElseThrow();
    return Finding.proven(
        Kind.MIGRATION_LACKS_RIGHTS,
        attempt.urgency(true),
        attempt.headline(),
        evidence(object),
        Advice.act(
            ("Give it to Coder's role: ALTER %s %s OWNER TO %s (as %s or a superuser), and the"
                    + " others that are not its own; then start again.")
                .formatted(
                    object.kind().toUpperCase(Locale.ROOT), object.name(), role, object.owner())),
        NOT_THIS);
  }

  private Finding mended(OwnedObject object) {
    return Finding.proven(
        Kind.MIGRATION_LACKS_RIGHTS,
        attempt.urgency(false),
        attempt.headline(),
        evidence(object),
        Advice.findOut(
            "%s may alter it by now: look whether the next attempt gets further."
                .formatted(coder.name().orElseThrow())),
        NOT_THIS);
  }

  private Finding unseen(Optional<OwnedObject> object) {
    return Finding.likely(
        Kind.MIGRATION_LACKS_RIGHTS,
        attempt.urgency(false),
        attempt.headline(),
        attempt.evidence(
            object.map(each -> List.of(owned(each), why())).orElseGet(() -> List.of(why()))),
        List.of(
            "objects that belong to another role since a restore",
            "a right that was taken from Coder's role"),
        Advice.findOut(
            "Compare the owner of what the message names (\\dt, \\dT, \\dn) with Coder's role, and"
                + " have its administrator give it back; then start again."),
        NOT_THIS);
  }

  private List<Observation> evidence(OwnedObject object) {
    List<Observation> evidence = new ArrayList<>(List.of(owned(object), why()));
    long others =
        facts.stream()
            .flatMap(seen -> seen.objects().stream())
            .filter(each -> each.owner().equals(object.owner()) && !each.equals(object))
            .count();
    if (others > 0 && !coder.name().equals(Optional.of(object.owner()))) {
      evidence.add(
          attempt
              .sight()
              .inDatabase(
                  "%s more of Coder's schema belong to %s: as after a restore by that role"
                      .formatted(Durations.count(others, "object"), object.owner())));
    }
    return evidence;
  }

  private Observation owned(OwnedObject object) {
    return attempt
        .sight()
        .inDatabase("%s %s belongs to %s".formatted(object.kind(), object.name(), object.owner()));
  }

  private Observation why() {
    return attempt.sight().inDatabase(coder.why());
  }
}
