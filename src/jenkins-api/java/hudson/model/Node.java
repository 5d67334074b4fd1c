package hudson.model;

import hudson.ExtensionPoint;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import java.io.File;
import java.io.IOException;
import jenkins.util.io.OnMaster;
import org.kohsuke.stapler.export.ExportedBean;

@ExportedBean
public abstract class Node extends AbstractModelObject
    implements ReconfigurableDescribable<Node>,
        ExtensionPoint,
        AccessControlled,
        OnMaster,
        PersistenceRoot {
  public Node() {}

  public String getDisplayName() {
    throw new UnsupportedOperationException();
  }

  public String getSearchUrl() {
    throw new UnsupportedOperationException();
  }

  public void save() throws IOException {
    throw new UnsupportedOperationException();
  }

  public ACL getACL() {
    throw new UnsupportedOperationException();
  }

  public File getRootDir() {
    throw new UnsupportedOperationException();
  }

  public abstract String getNodeName();
}
