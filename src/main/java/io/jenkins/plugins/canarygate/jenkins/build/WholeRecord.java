package io.jenkins.plugins.canarygate.jenkins.build;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Whether nothing is missing from what was read: a file may have been written into by hand. */
final class WholeRecord {
  private WholeRecord() {}

  static boolean is(Object value) {
    if (value == null) {
      return false;
    }
    if (value instanceof Optional<?> optional) {
      return optional.isEmpty() || is(optional.get());
    }
    if (value instanceof Collection<?> items) {
      return items.stream().allMatch(WholeRecord::is);
    }
    if (value instanceof Map<?, ?> map) {
      return map.values().stream().allMatch(WholeRecord::is);
    }
    return !(value instanceof Record) || parts(value);
  }

  private static boolean parts(Object whole) {
    for (RecordComponent part : whole.getClass().getRecordComponents()) {
      try {
        if (!is(part.getAccessor().invoke(whole))) {
          return false;
        }
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("the parts of a report are open to all", e);
      }
    }
    return true;
  }
}
