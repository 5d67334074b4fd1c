package org.kohsuke.stapler;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;

public interface StaplerResponse2 extends HttpServletResponse {
  void forwardToPreviousPage(StaplerRequest2 request) throws ServletException, IOException;

  void sendRedirect2(String url) throws IOException;

  void sendRedirect(int statusCore, String url) throws IOException;

  void serveFile(
      StaplerRequest2 req, InputStream data, long lastModified, long contentLength, String fileName)
      throws ServletException, IOException;
}
