package io.jenkins.plugins.canarygate.jenkins.build;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** A file that a browser shows as what it is said to be, and runs nothing of. */
final class SafeFile implements HttpResponse {
  private final byte[] bytes;
  private final String type;

  SafeFile(byte[] bytes, String type) {
    this.bytes = bytes;
    this.type = type;
  }

  @Override
  public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
      throws IOException, ServletException {
    response.setContentType(type);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
