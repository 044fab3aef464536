package dev.lockkeeper.wizard;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.snapshot.Inspection;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that the screen shows which only looks: there is no runbook to walk, no journal to
 * write and nothing that could be asked of the cluster.
 *
 * @param world which world this is
 * @param knowledge what is known of Coder
 * @param snapshot what is true
 * @param opened the panel that is open in full, if any
 * @param scroll how many lines the help is scrolled down
 * @param extent how much of what is open is in sight
 * @param effects what is to be done outside after the last event
 * @param help whether the keys are shown
 * @param left whether the operator has left
 * @param way how it stands with the way to cluster and database
 * @param notice why a key did nothing, if that is being said
 */
public record Watching(
    Setting.World world,
    Knowledge knowledge,
    Snapshot snapshot,
    Optional<Opened> opened,
    int scroll,
    Extent extent,
    List<Effect.Look> effects,
    boolean help,
    boolean left,
    Way way,
    Optional<Toast> notice)
    implements ScreenState {
  public Watching {
    effects = List.copyOf(effects);
  }

  /** How it stands with the way to cluster and database. */
  public enum Way {
    BEGUN,
    /** Nothing goes on by itself. */
    FAILED,
    /** The operator wants it tried again. */
    AGAIN
  }

  /** The screen before anything was seen. */
  public static Watching starting(Setting.World world, Knowledge knowledge, Instant now) {
    Snapshot nothing = Snapshot.empty(now, RunFacts.starting(now, Optional.empty()));
    return new Watching(
        world,
        knowledge,
        nothing,
        Optional.empty(),
        0,
        Extent.UNKNOWN,
        List.of(),
        false,
        false,
        Way.BEGUN,
        Optional.empty());
  }

  /** What follows from an event. */
  public Watching after(Event event) {
    Watching next = event.match(doing(List.of()).new Following());
    return next.inspected().equals(inspected())
        ? next
        : next.doing(
            Stream.<Effect.Look>concat(
                    next.effects.stream(), Stream.of(new Effect.Inspect(next.inspected())))
                .toList());
  }

  private Optional<Inspection> inspected() {
    return opened.flatMap(Opened::inspected);
  }

  /** Whether a screen would show the same as for that state, but for ages. */
  public boolean showsTheSameAs(Watching other) {
    return seeing(other.snapshot).equals(other) && snapshot.tellsTheSameAs(other.snapshot);
  }

  /** The same in the world that it turned out to be. */
  public Watching in(Setting.World known) {
    return new Watching(
        known, knowledge, snapshot, opened, scroll, extent, effects, help, left, way, notice);
  }

  /** The same with the way begun once more. */
  public Watching anew() {
    return on(Way.BEGUN);
  }

  /** The live keys, the most important first. */
  public List<Hint> hints() {
    return Hints.of(this);
  }

  private Watching seeing(Snapshot seen) {
    return new Watching(
        world, knowledge, seen, opened, scroll, extent, effects, help, left, way, notice);
  }

  /** The panel that is open in full, if any. */
  public Optional<PanelId> panel() {
    return opened.map(Opened::panel);
  }

  private Watching opening(Optional<Opened> wanted) {
    return new Watching(
        world,
        knowledge,
        snapshot,
        wanted,
        0,
        Extent.UNKNOWN,
        effects,
        false,
        left,
        way,
        Optional.empty());
  }

  private Watching toggling(PanelId wanted) {
    return opening(
        panel().filter(wanted::equals).isPresent()
            ? Optional.empty()
            : Optional.of(
                opened.map(before -> before.showing(wanted)).orElseGet(() -> Opened.of(wanted))));
  }

  private Watching laid(Extent seen) {
    return new Watching(
        world, knowledge, snapshot, opened, scroll, seen, effects, help, left, way, notice);
  }

  private Watching browsing(Opened panel) {
    return new Watching(
        world,
        knowledge,
        snapshot,
        Optional.of(panel),
        scroll,
        extent,
        effects,
        help,
        left,
        way,
        notice);
  }

  private Watching doing(List<Effect.Look> wanted) {
    return new Watching(
        world, knowledge, snapshot, opened, scroll, extent, wanted, help, left, way, notice);
  }

  @Override
  public Optional<State> walked() {
    return Optional.empty();
  }

  private Watching scrolled(int lines) {
    int to = extent.moved(scroll, lines);
    return new Watching(
        world, knowledge, snapshot, opened, to, extent, effects, help, left, way, notice);
  }

  private Watching helping(boolean shown) {
    return new Watching(
        world, knowledge, snapshot, opened, 0, extent, effects, shown, left, way, Optional.empty());
  }

  private Watching leaving() {
    return new Watching(
        world, knowledge, snapshot, opened, scroll, extent, effects, help, true, way, notice);
  }

  private Watching on(Way other) {
    return new Watching(
        world, knowledge, snapshot, opened, scroll, extent, effects, help, left, other, notice);
  }

  private Watching saying(Optional<String> text) {
    Optional<Toast> said = text.map(each -> new Toast(Toast.Tone.PLAIN, each, snapshot.now()));
    return new Watching(
        world, knowledge, snapshot, opened, scroll, extent, effects, help, left, way, said);
  }

  private Watching at(Instant moment) {
    Watching later = moment.isAfter(snapshot.now()) ? seeing(snapshot.at(moment)) : this;
    boolean over = notice.filter(said -> moment.isAfter(said.at().plus(Toast.SHOWN))).isPresent();
    return over ? later.saying(Optional.empty()) : later;
  }

  private Watching pressed(Key key) {
    Optional<Intent> intent = KeyMap.binding(key, Binding.Place.WATCH).map(Binding::intent);
    int lines = new KeyInput(key).lines(extent.page());
    if (help && lines != 0) {
      return scrolled(lines);
    }
    if (help && intent.filter(KeyMap::leaves).isEmpty()) {
      return helping(false);
    }
    Watching quiet = saying(Optional.empty());
    return opened
        .flatMap(panel -> Browsing.pressed(panel, key, this, extent))
        .map(browsed -> quiet.browsing(browsed.opened()).doing(browsed.effects()))
        .or(() -> intent.map(quiet::following))
        .orElseGet(() -> saying(Optional.of(unbound(key))));
  }

  /** Who has learnt the keys of a run is told why one of them does nothing here. */
  private static String unbound(Key key) {
    return KeyMap.binding(key, Binding.Place.WALK).isPresent()
        ? key.label() + " does nothing here: this only looks; ? shows all keys"
        : KeyMap.unbound(key);
  }

  private Watching following(Intent intent) {
    return switch (intent) {
      case PANEL_PODS -> toggling(PanelId.PODS);
      case PANEL_EVENTS -> toggling(PanelId.EVENTS);
      case PANEL_LOCKS -> toggling(PanelId.LOCKS);
      case PANEL_MIGRATION -> toggling(PanelId.MIGRATION);
      case PANEL_FINDINGS -> toggling(PanelId.FINDINGS);
      case SCROLL_DOWN, SCROLL_UP -> saying(Optional.of("no panel is open: nothing scrolls"));
      case BACK ->
          opened.isEmpty() ? saying(Optional.of("nothing is open")) : opening(Optional.empty());
      case HELP -> helping(true);
      case SUSPEND -> saying(Optional.of(KeyMap.NO_JOB));
      case LEAVE, INTERRUPT -> leaving();
      case AGAIN ->
          way == Way.FAILED
              ? on(Way.AGAIN)
              : saying(Optional.of("nothing has failed: there is nothing to try again"));
      case RUN,
          NEXT_STEP,
          PREVIOUS_STEP,
          CURRENT_STEP,
          WAIVE,
          SKIP,
          PANEL_CHECKS,
          PANEL_RUN,
          COPY,
          KEEP ->
          this;
    };
  }

  /** One case for each kind of event; what comes of acts cannot come here. */
  private final class Following implements Event.Cases<Watching> {
    @Override
    public Watching pressed(Event.Pressed event) {
      return at(event.at()).pressed(event.key());
    }

    /** Nothing is asked here. */
    @Override
    public Watching answered(Event.Answered event) {
      return Watching.this;
    }

    @Override
    public Watching ticked(Event.Ticked event) {
      return at(event.now());
    }

    @Override
    public Watching seen(Event.Seen event) {
      return seeing(event.fact().in(snapshot));
    }

    /** The panels say why. */
    @Override
    public Watching notReached(Event.NotReached event) {
      return on(Way.FAILED);
    }

    /** Whoever only watches writes no times down. */
    @Override
    public Watching clockSet(Event.ClockSet event) {
      return Watching.this;
    }

    @Override
    public Watching laid(Event.Laid event) {
      return Watching.this.laid(event.extent());
    }

    @Override
    public Watching looked(Event.Looked event) {
      return opened.map(panel -> browsing(panel.answered(event.read()))).orElse(Watching.this);
    }

    @Override
    public Watching taken(Event.Taken event) {
      return opened.map(panel -> browsing(panel.saying(event.word()))).orElse(Watching.this);
    }

    @Override
    public Watching painted(Event.Painted event) {
      return Watching.this;
    }

    @Override
    public Watching readToItsEnd(Event.ReadToItsEnd event) {
      return Watching.this;
    }

    @Override
    public Watching written(Event.Written event) {
      return Watching.this;
    }

    @Override
    public Watching notWritten(Event.NotWritten event) {
      return Watching.this;
    }

    @Override
    public Watching rehearsed(Event.Rehearsed event) {
      return Watching.this;
    }

    @Override
    public Watching lookAsked(Event.LookAsked event) {
      return Watching.this;
    }

    @Override
    public Watching advanced(Event.Advanced event) {
      return Watching.this;
    }

    @Override
    public Watching performed(Event.Performed event) {
      return Watching.this;
    }
  }
}
