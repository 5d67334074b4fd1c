package org.jenkinsci.plugins.structs.describable;

import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.Collection;
import java.util.Map;

public final class DescribableModel<T> implements Serializable {
  public static <T> DescribableModel<T> of(Class<T> clazz) {
    throw new UnsupportedOperationException();
  }

  public DescribableModel(Class<T> clazz) {}

  public Class<T> getType() {
    throw new UnsupportedOperationException();
  }

  public DescribableParameter getParameter(String name) {
    throw new UnsupportedOperationException();
  }

  public Collection<DescribableParameter> getParameters() {
    throw new UnsupportedOperationException();
  }

  public T instantiate(Map<String, ?> arguments, TaskListener listener)
      throws IllegalArgumentException {
    throw new UnsupportedOperationException();
  }

  public UninstantiatedDescribable uninstantiate2(T o) throws UnsupportedOperationException {
    throw new UnsupportedOperationException();
  }
}
