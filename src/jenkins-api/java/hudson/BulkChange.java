package hudson;

import hudson.model.Saveable;
import java.io.Closeable;
import java.io.IOException;

public class BulkChange implements Closeable {
  public BulkChange(Saveable saveable) {}

  public void commit() throws IOException {
    throw new UnsupportedOperationException();
  }

  public void close() {
    throw new UnsupportedOperationException();
  }

  public void abort() {
    throw new UnsupportedOperationException();
  }

  public static boolean contains(Saveable s) {
    throw new UnsupportedOperationException();
  }
}
