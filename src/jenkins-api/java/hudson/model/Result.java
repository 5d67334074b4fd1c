package hudson.model;

import java.io.Serializable;
import org.kohsuke.stapler.export.CustomExportedBean;

public final class Result implements Serializable, CustomExportedBean {
  public static final Result SUCCESS = new Result();
  public static final Result UNSTABLE = new Result();
  public static final Result FAILURE = new Result();
  public static final Result NOT_BUILT = new Result();
  public static final Result ABORTED = new Result();
  public final int ordinal;

  private Result() {
    this.ordinal = 0;
  }

  public Result combine(Result that) {
    throw new UnsupportedOperationException();
  }

  public boolean isWorseThan(Result that) {
    throw new UnsupportedOperationException();
  }

  public boolean isWorseOrEqualTo(Result that) {
    throw new UnsupportedOperationException();
  }

  public boolean isBetterThan(Result that) {
    throw new UnsupportedOperationException();
  }

  public boolean isBetterOrEqualTo(Result that) {
    throw new UnsupportedOperationException();
  }

  public boolean isCompleteBuild() {
    throw new UnsupportedOperationException();
  }

  public String toString() {
    throw new UnsupportedOperationException();
  }

  public String toExportedObject() {
    throw new UnsupportedOperationException();
  }

  public static Result fromString(String s) {
    throw new UnsupportedOperationException();
  }
}
