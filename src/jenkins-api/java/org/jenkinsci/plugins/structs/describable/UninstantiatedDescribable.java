package org.jenkinsci.plugins.structs.describable;

import java.io.Serializable;
import java.util.Map;

public class UninstantiatedDescribable implements Serializable {
  public UninstantiatedDescribable(String symbol, String klass, Map<String, ?> arguments) {}

  public UninstantiatedDescribable(Map<String, ?> arguments) {}

  public UninstantiatedDescribable withArguments(Map<String, ?> arguments) {
    throw new UnsupportedOperationException();
  }

  public String getSymbol() {
    throw new UnsupportedOperationException();
  }

  public void setSymbol(String symbol) {
    throw new UnsupportedOperationException();
  }

  public String getKlass() {
    throw new UnsupportedOperationException();
  }

  public Map<String, ?> getArguments() {
    throw new UnsupportedOperationException();
  }

  public Map<String, Object> toMap() {
    throw new UnsupportedOperationException();
  }

  public Map<String, Object> toShallowMap() {
    throw new UnsupportedOperationException();
  }
}
