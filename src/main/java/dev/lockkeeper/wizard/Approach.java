package dev.lockkeeper.wizard;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * A walk before cluster and database are reached: it looks as it will look, and nothing can be done
 * but to look and to leave. No journal is there yet.
 *
 * @param picture the walk as far as it is known
 * @param trouble why it does not come to be reached; nothing goes on by itself then
 * @param wish what the operator wants
 */
public record Approach(State picture, Optional<String> trouble, Wish wish) implements ScreenState {
  private static final String WAITS =
      "Cluster and database are read for the first time: nothing can be done before.";

  /** What the operator can want here. */
  public enum Wish {
    NONE,
    LEAVE,
    RETRY
  }

  /** The way to them begins, or begins once more. */
  public static Approach starting(State picture) {
    return new Approach(picture.noticing(Optional.empty()), Optional.empty(), Wish.NONE);
  }

  /** What follows from an event. */
  public Approach after(Event event) {
    return event.match(new Following());
  }

  /** The live keys, the most important first. */
  public List<Hint> hints() {
    return Hints.of(this);
  }

  /** What is to be said in one line: what is wrong, else that it takes its time. */
  public Toast message() {
    return picture
        .notice()
        .orElseGet(
            () ->
                trouble
                    .map(why -> new Toast(Toast.Tone.BAD, why, picture.now()))
                    .orElse(new Toast(Toast.Tone.PLAIN, WAITS, picture.now())));
  }

  /** Whether the other one shows the same but for ages. */
  public boolean showsTheSameAs(Approach other) {
    return picture.showsTheSameAs(other.picture) && trouble.equals(other.trouble);
  }

  @Override
  public Snapshot snapshot() {
    return picture.snapshot();
  }

  @Override
  public Knowledge knowledge() {
    return picture.knowledge();
  }

  @Override
  public Setting.World world() {
    return picture.world();
  }

  @Override
  public Optional<State> walked() {
    return Optional.of(picture);
  }

  private Approach showing(State shown) {
    return new Approach(shown, trouble, wish);
  }

  private Approach wishing(Wish wanted) {
    return new Approach(picture, trouble, wanted);
  }

  private Approach following(Event.Pressed event, Intent intent) {
    return switch (intent) {
      case LEAVE, INTERRUPT -> wishing(Wish.LEAVE);
      case AGAIN -> trouble.isPresent() ? wishing(Wish.RETRY) : refusing();
      case RUN, WAIVE, SKIP -> refusing();
      case NEXT_STEP,
          PREVIOUS_STEP,
          CURRENT_STEP,
          SCROLL_DOWN,
          SCROLL_UP,
          PANEL_PODS,
          PANEL_EVENTS,
          PANEL_LOCKS,
          PANEL_MIGRATION,
          PANEL_FINDINGS,
          PANEL_CHECKS,
          PANEL_RUN,
          BACK,
          SUSPEND,
          COPY,
          KEEP ->
          looking(event);
      case HELP -> showing(picture.asking(new Dialog.Help(Binding.Place.APPROACH)));
    };
  }

  /** Who looks round has nothing done; the walk itself knows how. */
  private Approach looking(Event.Pressed event) {
    State looked = Update.apply(picture, event).state();
    // Nobody is there yet who could read it.
    return looked.inspected().isPresent() ? refusing() : showing(looked);
  }

  private boolean browses(Event.Pressed event) {
    return picture
        .opened()
        .flatMap(panel -> Browsing.pressed(panel, event.key(), picture, picture.extent()))
        .isPresent();
  }

  private Approach refusing() {
    return showing(picture.saying(Toast.Tone.WARN, WAITS));
  }

  /** One case for each kind of event; what comes of acts cannot come here. */
  private final class Following implements Event.Cases<Approach> {
    @Override
    public Approach pressed(Event.Pressed event) {
      boolean elsewhere = picture.dialog().isPresent() || browses(event);
      if (elsewhere && !new KeyInput(event.key()).interrupts()) {
        return looking(event);
      }
      return KeyMap.binding(event.key(), Binding.Place.WALK)
          .map(binding -> following(event, binding.intent()))
          .orElseGet(() -> showing(picture.saying(Toast.Tone.PLAIN, KeyMap.unbound(event.key()))));
    }

    @Override
    public Approach answered(Event.Answered event) {
      return Approach.this;
    }

    @Override
    public Approach ticked(Event.Ticked event) {
      State later = picture.seeing(snapshot().at(event.now()));
      return showing(
          later
              .notice()
              .filter(said -> said.at().plus(Toast.SHOWN).isBefore(event.now()))
              .map(over -> later.noticing(Optional.empty()))
              .orElse(later));
    }

    @Override
    public Approach seen(Event.Seen event) {
      return showing(picture.seeing(event.fact().in(snapshot())));
    }

    @Override
    public Approach notReached(Event.NotReached event) {
      return new Approach(picture.noticing(Optional.empty()), Optional.of(event.why()), Wish.NONE);
    }

    @Override
    public Approach clockSet(Event.ClockSet event) {
      return Approach.this;
    }

    @Override
    public Approach laid(Event.Laid event) {
      return showing(picture.laid(event.extent()));
    }

    @Override
    public Approach looked(Event.Looked event) {
      return Approach.this;
    }

    @Override
    public Approach taken(Event.Taken event) {
      return Approach.this;
    }

    @Override
    public Approach painted(Event.Painted event) {
      return Approach.this;
    }

    @Override
    public Approach readToItsEnd(Event.ReadToItsEnd event) {
      return Approach.this;
    }

    @Override
    public Approach written(Event.Written event) {
      return Approach.this;
    }

    @Override
    public Approach notWritten(Event.NotWritten event) {
      return Approach.this;
    }

    @Override
    public Approach rehearsed(Event.Rehearsed event) {
      return Approach.this;
    }

    @Override
    public Approach lookAsked(Event.LookAsked event) {
      return Approach.this;
    }

    @Override
    public Approach advanced(Event.Advanced event) {
      return Approach.this;
    }

    @Override
    public Approach performed(Event.Performed event) {
      return Approach.this;
    }
  }
}
