package hudson.model;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import java.io.IOException;
import org.kohsuke.stapler.StaplerProxy;

public abstract class AdministrativeMonitor extends AbstractModelObject
    implements ExtensionPoint, StaplerProxy {
  public final String id;

  protected AdministrativeMonitor(String id) {
    this.id = null;
  }

  protected AdministrativeMonitor() {
    this.id = null;
  }

  public String getUrl() {
    throw new UnsupportedOperationException();
  }

  public String getDisplayName() {
    throw new UnsupportedOperationException();
  }

  public final String getSearchUrl() {
    throw new UnsupportedOperationException();
  }

  public void disable(boolean value) throws IOException {
    throw new UnsupportedOperationException();
  }

  public boolean isEnabled() {
    throw new UnsupportedOperationException();
  }

  public abstract boolean isActivated();

  public boolean isSecurity() {
    throw new UnsupportedOperationException();
  }

  public void checkRequiredPermission() {
    throw new UnsupportedOperationException();
  }

  public boolean hasRequiredPermission() {
    throw new UnsupportedOperationException();
  }

  public Object getTarget() {
    throw new UnsupportedOperationException();
  }

  public static ExtensionList<AdministrativeMonitor> all() {
    throw new UnsupportedOperationException();
  }
}
