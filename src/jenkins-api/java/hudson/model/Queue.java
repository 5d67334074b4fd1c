package hudson.model;

import hudson.model.queue.SubTask;
import jenkins.console.WithConsoleUrl;
import jenkins.model.queue.AsynchronousExecution;
import jenkins.security.stapler.StaplerAccessibleType;
import org.kohsuke.stapler.export.ExportedBean;

@ExportedBean
public class Queue extends ResourceController implements Saveable {
  private Queue() {}

  public void save() {
    throw new UnsupportedOperationException();
  }

  @StaplerAccessibleType
  public interface Executable extends Runnable, WithConsoleUrl {
    SubTask getParent();

    void run() throws AsynchronousExecution;
  }
}
