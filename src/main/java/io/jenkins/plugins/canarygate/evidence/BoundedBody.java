package io.jenkins.plugins.canarygate.evidence;

import java.io.IOException;
import java.util.Optional;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;

/** Reads what a service answers only as far as is borne: it may never end. */
public final class BoundedBody {
  private static final long AT_ONCE = 64 * 1024;

  private BoundedBody() {}

  /**
   * The whole body as text; empty where it is longer.
   *
   * @param most the longest that is borne, in bytes
   */
  public static Optional<String> read(ResponseBody body, long most) throws IOException {
    if (body.contentLength() > most) {
      return Optional.empty();
    }
    Buffer buffer = new Buffer();
    BufferedSource source = body.source();
    while (buffer.size() <= most && source.read(buffer, AT_ONCE) >= 0) {
      // Reads on until the end, or until it is too much.
    }
    return buffer.size() > most ? Optional.empty() : Optional.of(buffer.readUtf8());
  }
}
