package dev.lockkeeper.wizard;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.Request;
import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.snapshot.Inspection;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.RunFacts;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What follows from an event: the whole behaviour of the program. */
public final class Update implements Event.Cases<Next> {
  /** Said of an intention alone: of it, and of nothing else, is that certain. */
  private static final String NOTHING_DONE = "the journal cannot be written, so nothing is done: ";

  private static final String NOT_NOTED = "the journal cannot be written, so this is not noted: ";

  private final State state;

  private Update(State state) {
    this.state = state;
  }

  /** The next state and what is to be done outside. */
  public static Next apply(State state, Event event) {
    Next next = event.match(new Update(state));
    if (unjudged(state) && next.state().confirm().isEmpty()) {
      next = next.and(new Effect.Withdraw());
    }
    if (looking(state).isPresent() && looking(next.state()).isEmpty()) {
      next = next.and(new Effect.AskLook(Optional.empty()));
    }
    Optional<Inspection> inspected = next.state().inspected();
    if (!inspected.equals(state.inspected())) {
      next = next.and(new Effect.Inspect(inspected));
    }
    Optional<ObjectName> sought = next.state().sought();
    return sought.equals(state.sought()) ? next : next.and(new Effect.Seek(sought));
  }

  /** Whether the server still has to say what it would do. */
  private static boolean unjudged(State state) {
    return state.confirm().filter(confirm -> confirm.rehearsal().isEmpty()).isPresent();
  }

  /** The plan that a second operator is asked to look at. */
  private static Optional<Plan> looking(State state) {
    return state.confirm().filter(confirm -> confirm.look().required()).map(Dialog.Confirm::plan);
  }

  @Override
  public Next pressed(Event.Pressed event) {
    State now = at(event.at());
    if (now.dialog().isPresent()) {
      return Answering.pressed(now, event);
    }
    return now.opened()
        .flatMap(panel -> Browsing.pressed(panel, event.key(), now, now.extent()))
        .map(browsed -> new Next(now.browsing(browsed.opened()), List.copyOf(browsed.effects())))
        .orElseGet(() -> bound(now, event.key()));
  }

  /** No key is silent: one that does nothing here says why. */
  private static Next bound(State now, Key key) {
    Optional<Binding> binding = KeyMap.binding(key, Binding.Place.WALK);
    String against =
        binding
            .map(bound -> Obstacles.against(bound, now).orElse(""))
            .orElseGet(() -> KeyMap.unbound(key));
    return binding
        .filter(bound -> against.isEmpty())
        .map(bound -> Walking.follow(now, bound.intent()))
        .orElseGet(() -> Next.of(now.saying(Toast.Tone.PLAIN, against)));
  }

  @Override
  public Next answered(Event.Answered event) {
    return Answering.answered(at(event.at()), event);
  }

  @Override
  public Next ticked(Event.Ticked event) {
    State now = at(event.now());
    State quiet =
        now.notice().filter(notice -> now.now().isAfter(notice.at().plus(Toast.SHOWN))).isPresent()
            ? now.noticing(Optional.empty())
            : now;
    return Next.of(Confirming.expire(quiet)).then(Observing::conclude).then(Observing::finish);
  }

  @Override
  public Next seen(Event.Seen event) {
    State seen = state.seeing(event.fact().in(state.snapshot()));
    return switch (event.fact().kind()) {
      case CLUSTER -> Next.of(seen).then(Observing::remember).then(Observing::conclude);
      case DATABASE ->
          Next.of(Observing.listen(seen, state.snapshot().database()))
              .then(Observing::remember)
              .then(Observing::conclude);
      case HELM -> Next.of(seen).then(Observing::conclude);
      // No step waits for it.
      case HOST -> Next.of(seen);
    };
  }

  /** A walk that is under way was reached; what is lost later is told by the facts themselves. */
  @Override
  public Next notReached(Event.NotReached event) {
    return Next.of(state);
  }

  @Override
  public Next laid(Event.Laid event) {
    return Next.of(state.laid(event.extent()));
  }

  @Override
  public Next looked(Event.Looked event) {
    return Next.of(
        state.opened().map(panel -> state.browsing(panel.answered(event.read()))).orElse(state));
  }

  @Override
  public Next taken(Event.Taken event) {
    Toast.Tone tone = event.done() ? Toast.Tone.PLAIN : Toast.Tone.WARN;
    return Next.of(state.saying(tone, event.word()));
  }

  /** Whoever compares times with other programs' has to know that they differ from here on. */
  @Override
  public Next clockSet(Event.ClockSet event) {
    return Next.of(
        state.saying(
            Toast.Tone.WARN,
            "this machine's clock was set %s by %s: the journal and all ages keep the old time"
                .formatted(
                    event.by().isNegative() ? "back" : "forward", Durations.of(event.by().abs()))));
  }

  @Override
  public Next painted(Event.Painted event) {
    return Next.of(
        state
            .dialog()
            .filter(asked -> !asked.shownAt(event.at()).equals(asked))
            .map(asked -> state.asking(asked.shownAt(event.at())))
            .orElse(state));
  }

  @Override
  public Next readToItsEnd(Event.ReadToItsEnd event) {
    return Next.of(
        state
            .confirm()
            .filter(confirm -> confirm.asksTheSameAs(event.question()))
            .map(confirm -> state.asking(confirm.readToItsEnd()))
            .orElse(state));
  }

  @Override
  public Next written(Event.Written event) {
    Entry entry = event.entry();
    State told = state.progressed(state.progress().with(entry)).noting(without(entry));
    return switch (entry.kind()) {
      case INTENDED -> handOn(told, entry);
      case LEFT -> Next.of(told, new Effect.Quit());
      case DONE, REFUSED, UNKNOWN -> Next.of(recorded(told, entry));
      case COMPLETED, SKIPPED ->
          Advance.stepOver(told, entry, state.progress().status(entry.step()));
      case ATTESTED, CHOSEN -> Advance.goOn(told, entry);
      case WAIVED -> Advance.goOn(told, entry).then(Observing::finish);
      case REOPENED ->
          told.cursor().equals(entry.step()) && told.pending().isEmpty()
              ? Walking.run(told)
              : Next.of(told);
      case STARTED, REMEMBERED, RESUMED, FINISHED -> Next.of(told);
    };
  }

  /** What was kept because the disk was full is told once more, now that it counts. */
  private static State recorded(State told, Entry entry) {
    State over = told.awaiting(Optional.empty());
    return told.pending().filter(pending -> !pending.unwritten().isEmpty()).isPresent()
        ? over.saying(
            Toast.Tone.PLAIN,
            "in the journal now: %s: %s"
                .formatted(entry.value(Entry.SUMMARY), entry.value(Entry.DETAIL)))
        : over;
  }

  /** Only an intention that is on disk is handed on, and only if it is the one that waits. */
  private static Next handOn(State told, Entry entry) {
    return told.pending()
        .filter(pending -> !pending.sent())
        .filter(each -> entry.equals(Entry.intended(entry.at(), each.step(), each.request())))
        .map(pending -> handOn(told, pending))
        .orElse(Next.of(told));
  }

  /** The world may have changed while the disk was slow; then nothing leaves the program. */
  private static Next handOn(State told, Pending pending) {
    Step step = told.runbook().step(pending.step()).orElseThrow();
    Optional<String> against =
        pending.lateAt(told.now())
            ? Optional.of("its intention took too long to be written to the journal")
            : Revalidation.of(told, step).against(pending.request());
    return against
        .map(why -> Outcome.refused("nothing was sent: " + why))
        .map(refused -> ended(told, pending.step(), pending.request(), refused))
        .orElseGet(
            () ->
                Next.of(
                    told.awaiting(Optional.of(pending.handedOn())),
                    new Effect.Perform(pending.step(), pending.request())));
  }

  @Override
  public Next notWritten(Event.NotWritten event) {
    State told = state.noting(without(event.entry()));
    return switch (event.entry().kind()) {
      case LEFT -> Next.of(told, new Effect.Quit());
      case INTENDED ->
          Next.of(
              told.awaiting(Optional.empty())
                  .saying(Toast.Tone.BAD, NOTHING_DONE + event.reason()));
      case DONE, REFUSED, UNKNOWN ->
          Next.of(
              told.awaiting(told.pending().map(act -> act.unwritten(event.reason())))
                  .saying(
                      Toast.Tone.BAD,
                      "it was sent, but its outcome cannot be written to the journal yet: "
                          + event.reason()));
      case STARTED,
          REMEMBERED,
          ATTESTED,
          CHOSEN,
          WAIVED,
          COMPLETED,
          SKIPPED,
          REOPENED,
          RESUMED,
          FINISHED ->
          Next.of(told.saying(Toast.Tone.BAD, NOT_NOTED + event.reason()));
    };
  }

  @Override
  public Next performed(Event.Performed event) {
    return ended(state, event.step(), event.request(), event.outcome());
  }

  @Override
  public Next advanced(Event.Advanced event) {
    return Next.of(
        state.awaiting(
            state
                .pending()
                .map(act -> act.step().equals(event.step()) ? act.at(event.word()) : act)));
  }

  @Override
  public Next rehearsed(Event.Rehearsed event) {
    return state
        .confirm()
        .filter(confirm -> confirm.plan().request().equals(event.request()))
        .map(confirm -> state.asking(confirm.rehearsed(event.rehearsal())))
        .map(told -> told(told, event))
        .orElseGet(() -> Next.of(state));
  }

  /** What helm would refuse is needed once the question has gone: the cure is made of it. */
  private static Next told(State told, Event.Rehearsed event) {
    boolean refused = event.rehearsal().verdict() == Rehearsal.Verdict.REFUSED;
    String why = refused ? String.join("; ", event.rehearsal().lines()) : "";
    boolean news = !told.snapshot().run().helmRefused().orElse("").equals(why);
    return event.request().kind().runsHelm() && news
        ? new Next(
            told,
            List.of(new Effect.Append(Entry.remembered(told.now(), RunFacts.HELM_REFUSED, why))))
        : Next.of(told);
  }

  @Override
  public Next lookAsked(Event.LookAsked event) {
    return Next.of(
        state
            .confirm()
            .filter(confirm -> confirm.plan().digest().equals(event.look().plan()))
            .map(confirm -> asked(confirm, event))
            .orElse(state));
  }

  private State asked(Dialog.Confirm confirm, Event.LookAsked event) {
    return event.outcome().result() == Outcome.Result.DONE
        ? state.asking(confirm.lookedAt(event.look()))
        : state
            .answered()
            .saying(
                Toast.Tone.BAD,
                "no second operator can be asked, so nothing is done: " + event.outcome().detail());
  }

  private static Next ended(State state, String step, Request request, Outcome outcome) {
    Entry entry = Entry.outcome(state.now(), step, request, outcome);
    Toast.Tone tone =
        switch (outcome.result()) {
          case DONE -> Toast.Tone.GOOD;
          case REFUSED -> Toast.Tone.WARN;
          case UNKNOWN -> Toast.Tone.BAD;
        };
    return Next.of(
        state
            .awaiting(state.pending().map(act -> act.ended(entry)))
            .saying(tone, Walking.sentence(outcome)),
        new Effect.Append(entry));
  }

  private State at(Instant moment) {
    return moment.isAfter(state.now()) ? state.seeing(state.snapshot().at(moment)) : state;
  }

  private Set<InFlightEntry> without(Entry entry) {
    Set<InFlightEntry> left = new HashSet<>(state.noting());
    left.remove(InFlightEntry.of(entry));
    return left;
  }
}
