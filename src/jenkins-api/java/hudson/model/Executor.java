package hudson.model;

import jenkins.model.CauseOfInterruption;
import jenkins.model.IExecutor;
import org.kohsuke.stapler.export.ExportedBean;

@ExportedBean
public class Executor extends Thread implements ModelObject, IExecutor {
  public Executor(Computer owner, int n) {}

  public String getDisplayName() {
    throw new UnsupportedOperationException();
  }

  public void interrupt(Result result) {
    throw new UnsupportedOperationException();
  }

  public void interrupt(Result result, CauseOfInterruption... causes) {
    throw new UnsupportedOperationException();
  }

  public static Executor currentExecutor() {
    throw new UnsupportedOperationException();
  }
}
