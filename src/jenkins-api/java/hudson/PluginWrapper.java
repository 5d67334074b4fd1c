package hudson;

import hudson.model.ModelObject;
import org.kohsuke.stapler.export.ExportedBean;

@ExportedBean
public class PluginWrapper implements Comparable<PluginWrapper>, ModelObject {
  private PluginWrapper() {}

  public String getShortName() {
    throw new UnsupportedOperationException();
  }

  public String getVersion() {
    throw new UnsupportedOperationException();
  }

  public String getDisplayName() {
    throw new UnsupportedOperationException();
  }

  public boolean isActive() {
    throw new UnsupportedOperationException();
  }

  public int compareTo(PluginWrapper pw) {
    throw new UnsupportedOperationException();
  }
}
