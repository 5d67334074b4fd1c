package jenkins.model;

import hudson.Extension;
import hudson.ExtensionPoint;
import hudson.model.ModelObject;
import org.jenkinsci.Symbol;

public abstract class GlobalConfigurationCategory implements ExtensionPoint, ModelObject {
  public GlobalConfigurationCategory() {}

  public abstract String getShortDescription();

  public static <T extends GlobalConfigurationCategory> T get(Class<T> type) {
    throw new UnsupportedOperationException();
  }

  @Extension
  @Symbol("unclassified")
  public static class Unclassified extends GlobalConfigurationCategory {
    public Unclassified() {}

    public String getShortDescription() {
      throw new UnsupportedOperationException();
    }

    public String getDisplayName() {
      throw new UnsupportedOperationException();
    }
  }

  @Extension
  @Symbol("security")
  public static class Security extends GlobalConfigurationCategory {
    public Security() {}

    public String getShortDescription() {
      throw new UnsupportedOperationException();
    }

    public String getDisplayName() {
      throw new UnsupportedOperationException();
    }
  }
}
