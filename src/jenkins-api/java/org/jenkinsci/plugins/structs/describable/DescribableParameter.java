package org.jenkinsci.plugins.structs.describable;

public final class DescribableParameter {
  private DescribableParameter() {}

  public String getName() {
    throw new UnsupportedOperationException();
  }

  public boolean isRequired() {
    throw new UnsupportedOperationException();
  }
}
