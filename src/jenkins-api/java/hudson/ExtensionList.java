package hudson;

import java.util.AbstractList;
import jenkins.model.Jenkins;
import jenkins.util.io.OnMaster;

public class ExtensionList<T> extends AbstractList<T> implements OnMaster {
  public final Class<T> extensionType;

  protected ExtensionList(Jenkins jenkins, Class<T> extensionType) {
    this.extensionType = null;
  }

  public <U extends T> U get(Class<U> type) {
    throw new UnsupportedOperationException();
  }

  public T get(int index) {
    throw new UnsupportedOperationException();
  }

  public int size() {
    throw new UnsupportedOperationException();
  }

  public static <T> ExtensionList<T> lookup(Class<T> type) {
    throw new UnsupportedOperationException();
  }

  public static <U> U lookupSingleton(Class<U> type) {
    throw new UnsupportedOperationException();
  }

  public static <U> U lookupFirst(Class<U> type) {
    throw new UnsupportedOperationException();
  }
}
