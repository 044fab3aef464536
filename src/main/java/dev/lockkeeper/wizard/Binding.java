package dev.lockkeeper.wizard;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A line of the key table, from which dispatch, footer, help and docs/KEYS.md are all made.
 *
 * @param keys the keys, any of which will do
 * @param label the keys as they are shown
 * @param intent what they ask for
 * @param brief one or two words, for the footer
 * @param descriptions a sentence for the help, for each place where the keys work
 * @param obstacle why they would do nothing on the main screen now; empty when they would do
 *     something
 */
public record Binding(
    List<Key> keys,
    String label,
    Intent intent,
    String brief,
    Map<Place, String> descriptions,
    Function<State, Optional<String>> obstacle) {
  public Binding {
    keys = List.copyOf(keys);
    descriptions = Map.copyOf(descriptions);
  }

  /** Where keys are pressed. */
  public enum Place {
    /** The main screen of a run. */
    WALK,
    /** The same before cluster and database were reached. */
    APPROACH,
    /** The screen that only looks. */
    WATCH
  }

  /** A binding that works on the main screen alone, and always does something there. */
  static Binding of(String label, Intent intent, String brief, String description, Key... keys) {
    return new Binding(
        List.of(keys),
        label,
        intent,
        brief,
        Map.of(Place.WALK, description),
        state -> Optional.empty());
  }

  /** The same, which does nothing as long as something stands against it. */
  Binding unless(Function<State, Optional<String>> against) {
    return new Binding(keys, label, intent, brief, descriptions, against);
  }

  /** The same, which works at this place too and does the same there. */
  Binding also(Place place) {
    return also(place, descriptions.get(Place.WALK));
  }

  /** The same, which works at this place too. */
  Binding also(Place place, String description) {
    Map<Place, String> all = new EnumMap<>(descriptions);
    all.put(place, description);
    return new Binding(keys, label, intent, brief, all, obstacle);
  }

  /** Where everybody looks, it works alike. */
  Binding everywhere() {
    return also(Place.APPROACH).also(Place.WATCH);
  }

  boolean at(Place place) {
    return descriptions.containsKey(place);
  }

  /** A sentence for the help; empty where the keys do not work. */
  public String description(Place place) {
    return descriptions.getOrDefault(place, "");
  }
}
