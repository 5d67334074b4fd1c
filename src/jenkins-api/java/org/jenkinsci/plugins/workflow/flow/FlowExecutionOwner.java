package org.jenkinsci.plugins.workflow.flow;

import hudson.model.Queue;
import hudson.model.TaskListener;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;

public abstract class FlowExecutionOwner implements Serializable {
  public FlowExecutionOwner() {}

  public abstract FlowExecution get() throws IOException;

  public FlowExecution getOrNull() {
    throw new UnsupportedOperationException();
  }

  public abstract File getRootDir() throws IOException;

  public abstract Queue.Executable getExecutable() throws IOException;

  public abstract String getUrl() throws IOException;

  public String getExternalizableId() {
    throw new UnsupportedOperationException();
  }

  public abstract boolean equals(Object o);

  public abstract int hashCode();

  public TaskListener getListener() throws IOException {
    throw new UnsupportedOperationException();
  }

  public interface Executable extends Queue.Executable {
    FlowExecutionOwner asFlowExecutionOwner();
  }
}
