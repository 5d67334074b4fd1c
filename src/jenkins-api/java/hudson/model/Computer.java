package hudson.model;

import hudson.security.AccessControlled;
import jenkins.model.IComputer;
import jenkins.widgets.HasWidgets;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.ExportedBean;

@ExportedBean
public abstract class Computer extends Actionable
    implements AccessControlled,
        IComputer,
        ExecutorListener,
        DescriptorByNameOwner,
        StaplerProxy,
        HasWidgets {
  protected Computer(Node node) {}

  public String getName() {
    throw new UnsupportedOperationException();
  }

  public String getDisplayName() {
    throw new UnsupportedOperationException();
  }

  public String getSearchUrl() {
    throw new UnsupportedOperationException();
  }
}
