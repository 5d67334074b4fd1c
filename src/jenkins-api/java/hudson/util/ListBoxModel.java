package hudson.util;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.ExportedBean;

@ExportedBean
public class ListBoxModel extends ArrayList<ListBoxModel.Option> implements HttpResponse {
  public ListBoxModel() {}

  public ListBoxModel(Collection<Option> c) {}

  public ListBoxModel(Option... data) {}

  public void add(String displayName, String value) {
    throw new UnsupportedOperationException();
  }

  public ListBoxModel add(String nameAndValue) {
    throw new UnsupportedOperationException();
  }

  public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node)
      throws IOException, ServletException {
    throw new UnsupportedOperationException();
  }

  @ExportedBean(defaultVisibility = 999)
  public static final class Option {
    public String name;
    public String value;
    public boolean selected;

    public Option(String name, String value) {}

    public Option(String name, String value, boolean selected) {}
  }
}
