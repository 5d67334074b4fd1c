package jenkins.model.queue;

import jenkins.model.FullyNamedModelObject;

public interface ITask extends FullyNamedModelObject {
  default String getFullDisplayName() {
    throw new UnsupportedOperationException();
  }
}
