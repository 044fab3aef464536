package dev.lockkeeper.story;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A record with one component changed, which may be one of the records within it. */
public final class Altered {
  private Altered() {}

  /**
   * The same record, but for the component of this name: its own, or else the one of the records
   * that are its components, and so on. Where two of them have the name, it is told with theirs
   * before it, such as {@code metadata.name}.
   */
  public static <R extends Record> R of(R record, String component, Object value) {
    String[] path = component.split("\\.");
    List<List<RecordComponent>> found = find(record.getClass(), path[0]);
    if (found.size() != 1) {
      String choice = found.stream().map(Altered::named).collect(Collectors.joining(", "));
      throw new AssertionError(
          "%s has %d components %s: %s"
              .formatted(record.getClass(), found.size(), component, choice));
    }
    return set(record, found.get(0), path.length == 1 ? value : within(record, found, path, value));
  }

  private static Object within(
      Record record, List<List<RecordComponent>> found, String[] path, Object value) {
    Record inner = record;
    for (RecordComponent each : found.get(0)) {
      inner = (Record) get(inner, each);
    }
    return of(inner, String.join(".", Arrays.asList(path).subList(1, path.length)), value);
  }

  /** The ways to the components of this name that lie least deep. */
  private static List<List<RecordComponent>> find(Class<?> type, String name) {
    List<List<RecordComponent>> ways = List.of(List.of());
    while (!ways.isEmpty()) {
      List<List<RecordComponent>> deeper = new ArrayList<>();
      for (List<RecordComponent> way : ways) {
        Class<?> owner = way.isEmpty() ? type : way.get(way.size() - 1).getType();
        for (RecordComponent each : owner.getRecordComponents()) {
          List<RecordComponent> longer = new ArrayList<>(way);
          longer.add(each);
          deeper.add(longer);
        }
      }
      List<List<RecordComponent>> found =
          deeper.stream().filter(way -> way.get(way.size() - 1).getName().equals(name)).toList();
      if (!found.isEmpty()) {
        return found;
      }
      ways = deeper.stream().filter(way -> way.get(way.size() - 1).getType().isRecord()).toList();
    }
    return List.of();
  }

  private static String named(List<RecordComponent> way) {
    return way.stream().map(RecordComponent::getName).collect(Collectors.joining("."));
  }

  private static <R extends Record> R set(R record, List<RecordComponent> way, Object value) {
    RecordComponent first = way.get(0);
    Object inner =
        way.size() == 1
            ? value
            : set((Record) get(record, first), way.subList(1, way.size()), value);
    RecordComponent[] components = record.getClass().getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
    Object[] values =
        Arrays.stream(components)
            .map(each -> each.getName().equals(first.getName()) ? inner : get(record, each))
            .toArray();
    try {
      @SuppressWarnings("unchecked")
      R altered = (R) record.getClass().getDeclaredConstructor(types).newInstance(values);
      return altered;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Object get(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
