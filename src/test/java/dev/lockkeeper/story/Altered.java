package dev.lockkeeper.story;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** A record with one component changed. */
public final class Altered {
  private Altered() {}

  /** The same record, but for the component of this name. */
  public static <R extends Record> R of(R record, String component, Object value) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
    Object[] values = new Object[components.length];
    boolean found = false;
    try {
      for (int i = 0; i < components.length; i++) {
        boolean meant = components[i].getName().equals(component);
        values[i] = meant ? value : components[i].getAccessor().invoke(record);
        found |= meant;
      }
      if (!found) {
        throw new AssertionError(record.getClass() + " has no " + component);
      }
      @SuppressWarnings("unchecked")
      R altered = (R) record.getClass().getDeclaredConstructor(types).newInstance(values);
      return altered;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
