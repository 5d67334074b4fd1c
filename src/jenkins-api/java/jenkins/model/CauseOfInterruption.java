package jenkins.model;

import hudson.model.TaskListener;
import hudson.model.User;
import java.io.Serializable;
import org.kohsuke.stapler.export.ExportedBean;

@ExportedBean
public abstract class CauseOfInterruption implements Serializable {
  public CauseOfInterruption() {}

  public abstract String getShortDescription();

  public void print(TaskListener listener) {
    throw new UnsupportedOperationException();
  }

  public static final class UserInterruption extends CauseOfInterruption {
    public UserInterruption(User user) {}

    public UserInterruption(String userId) {}

    public String getUserId() {
      throw new UnsupportedOperationException();
    }

    public User getUserOrNull() {
      throw new UnsupportedOperationException();
    }

    public String getShortDescription() {
      throw new UnsupportedOperationException();
    }
  }
}
