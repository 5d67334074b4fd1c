package hudson.model;

import hudson.XmlFile;
import hudson.security.Permission;
import hudson.util.FormValidation;
import jakarta.servlet.ServletException;
import java.io.IOException;
import jenkins.model.GlobalConfigurationCategory;
import jenkins.model.Loadable;
import jenkins.util.io.OnMaster;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

public abstract class Descriptor<T extends Describable<T>> implements Loadable, Saveable, OnMaster {
  public final transient Class<? extends T> clazz;

  protected Descriptor(Class<? extends T> clazz) {
    this.clazz = null;
  }

  protected Descriptor() {
    this.clazz = null;
  }

  public String getDisplayName() {
    throw new UnsupportedOperationException();
  }

  public String getId() {
    throw new UnsupportedOperationException();
  }

  public String getDescriptorUrl() {
    throw new UnsupportedOperationException();
  }

  public FormValidation.CheckMethod getCheckMethod(String fieldName) {
    throw new UnsupportedOperationException();
  }

  public T newInstance(StaplerRequest2 req, JSONObject formData) throws FormException {
    throw new UnsupportedOperationException();
  }

  public static <T> T bindJSON(StaplerRequest2 req, Class<T> type, JSONObject src) {
    throw new UnsupportedOperationException();
  }

  public String getHelpFile() {
    throw new UnsupportedOperationException();
  }

  public String getHelpFile(String fieldName) {
    throw new UnsupportedOperationException();
  }

  public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
    throw new UnsupportedOperationException();
  }

  public String getConfigPage() {
    throw new UnsupportedOperationException();
  }

  public String getGlobalConfigPage() {
    throw new UnsupportedOperationException();
  }

  public GlobalConfigurationCategory getCategory() {
    throw new UnsupportedOperationException();
  }

  public Permission getRequiredGlobalConfigPagePermission() {
    throw new UnsupportedOperationException();
  }

  public synchronized void save() {
    throw new UnsupportedOperationException();
  }

  public synchronized void load() {
    throw new UnsupportedOperationException();
  }

  protected XmlFile getConfigFile() {
    throw new UnsupportedOperationException();
  }

  public static final class FormException extends Exception implements HttpResponse {
    public FormException(String message, String formField) {
      super(message);
    }

    public FormException(String message, Throwable cause, String formField) {
      super(message, cause);
    }

    public FormException(Throwable cause, String formField) {
      super(cause);
    }

    public String getFormField() {
      throw new UnsupportedOperationException();
    }

    public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node)
        throws IOException, ServletException {
      throw new UnsupportedOperationException();
    }
  }
}
