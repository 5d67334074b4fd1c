package hudson.model;

import java.util.List;
import jenkins.model.ModelObjectWithContextMenu;
import org.kohsuke.stapler.export.ExportedBean;

@ExportedBean
public abstract class Actionable extends AbstractModelObject implements ModelObjectWithContextMenu {
  public Actionable() {}

  public final List<? extends Action> getAllActions() {
    throw new UnsupportedOperationException();
  }

  public <T extends Action> List<T> getActions(Class<T> type) {
    throw new UnsupportedOperationException();
  }

  public <T extends Action> T getAction(Class<T> type) {
    throw new UnsupportedOperationException();
  }

  public void addAction(Action a) {
    throw new UnsupportedOperationException();
  }

  public void replaceAction(Action a) {
    throw new UnsupportedOperationException();
  }

  public boolean addOrReplaceAction(Action a) {
    throw new UnsupportedOperationException();
  }

  public boolean removeAction(Action a) {
    throw new UnsupportedOperationException();
  }
}
