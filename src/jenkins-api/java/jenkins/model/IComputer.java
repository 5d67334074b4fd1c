package jenkins.model;

import hudson.model.ModelObject;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import org.jenkins.ui.icon.IconSpec;

public interface IComputer extends AccessControlled, IconSpec, ModelObject, Named {
  default String getIconClassName() {
    throw new UnsupportedOperationException();
  }

  default ACL getACL() {
    throw new UnsupportedOperationException();
  }
}
