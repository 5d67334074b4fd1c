package hudson.model;

public class Api extends AbstractModelObject {
  public final Object bean;

  public Api(Object bean) {
    this.bean = null;
  }

  public String getDisplayName() {
    throw new UnsupportedOperationException();
  }

  public String getSearchUrl() {
    throw new UnsupportedOperationException();
  }
}
