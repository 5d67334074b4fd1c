package hudson.util;

import hudson.model.Descriptor;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Collection;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

@SuppressWarnings("rawtypes")
public abstract class FormValidation extends IOException implements HttpResponse {
  public final Kind kind;

  private FormValidation() {
    this.kind = null;
  }

  public static FormValidation error(String message) {
    throw new UnsupportedOperationException();
  }

  public static FormValidation warning(String message) {
    throw new UnsupportedOperationException();
  }

  public static FormValidation ok(String message) {
    throw new UnsupportedOperationException();
  }

  public static FormValidation ok() {
    throw new UnsupportedOperationException();
  }

  public static FormValidation error(String format, Object... args) {
    throw new UnsupportedOperationException();
  }

  public static FormValidation warning(String format, Object... args) {
    throw new UnsupportedOperationException();
  }

  public static FormValidation ok(String format, Object... args) {
    throw new UnsupportedOperationException();
  }

  public static FormValidation error(Throwable e, String message) {
    throw new UnsupportedOperationException();
  }

  public static FormValidation aggregate(Collection<FormValidation> validations) {
    throw new UnsupportedOperationException();
  }

  public static FormValidation validateRequired(String value) {
    throw new UnsupportedOperationException();
  }

  public static FormValidation validatePositiveInteger(String value) {
    throw new UnsupportedOperationException();
  }

  public static FormValidation validateNonNegativeInteger(String value) {
    throw new UnsupportedOperationException();
  }

  public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node)
      throws IOException, ServletException {
    throw new UnsupportedOperationException();
  }

  public abstract String renderHtml();

  public enum Kind {
    OK,
    WARNING,
    ERROR
  }

  public static class CheckMethod {
    public CheckMethod(Descriptor descriptor, String fieldName) {}
  }

  public static FormValidation okWithMarkup(String html) {
    throw new UnsupportedOperationException();
  }

  public static FormValidation warningWithMarkup(String html) {
    throw new UnsupportedOperationException();
  }

  public static FormValidation errorWithMarkup(String html) {
    throw new UnsupportedOperationException();
  }
}
