package org.kohsuke.stapler;

import jakarta.servlet.ServletException;
import java.io.IOException;

public interface HttpDeletable {
  default void delete(StaplerRequest2 req, StaplerResponse2 rsp)
      throws IOException, ServletException {
    throw new UnsupportedOperationException();
  }
}
