package io.jenkins.plugins.canarygate.server;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * What Jetty itself refuses (headers too large, no HTTP at all) in a line of text without a trace.
 */
final class OneLineErrors implements Request.Handler {
  private final Runnable refused;

  /**
   * @param refused told of each
   */
  OneLineErrors(Runnable refused) {
    this.refused = refused;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    refused.run();
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
    Content.Sink.write(
        response, true, HttpStatus.getMessage(response.getStatus()) + "\n", callback);
    return true;
  }
}
