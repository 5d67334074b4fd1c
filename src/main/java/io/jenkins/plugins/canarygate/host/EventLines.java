package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.host.WatchConnector.WatchFailure;
import java.io.ByteArrayOutputStream;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** Reads the stream of one watch: an event a line. */
abstract class EventLines {
  // etcd takes objects of 1.5 MiB; what is longer than this is no event.
  private static final int LONGEST_LINE = 8 << 20;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private WatchFailure failure;

  /**
   * Takes an event.
   *
   * @param line without its end; an empty one only keeps a connection alive
   * @return why nothing more is worth reading; empty otherwise
   */
  abstract Optional<WatchFailure> event(byte[] line);

  /** Reads what has come; false if nothing more is worth reading. */
  final synchronized boolean read(ByteBuffer bytes) {
    while (bytes.hasRemaining() && failure == null) {
      byte next = bytes.get();
      if (next == '\n') {
        failure = event(line.toByteArray()).orElse(null);
        line.reset();
      } else {
        line.write(next);
        if (line.size() > LONGEST_LINE) {
          failure = WatchFailure.lost();
        }
      }
    }
    return failure == null;
  }

  /** Why the stream has ended. */
  final synchronized WatchFailure end() {
    return failure == null ? WatchFailure.lost() : failure;
  }

  /**
   * What an event of type ERROR means.
   *
   * @param code that of its status
   * @param retryAfter in seconds; 0 or less: none
   */
  static WatchFailure error(int code, int retryAfter) {
    return new WatchFailure(
        code == HttpURLConnection.HTTP_GONE ? WatchFailure.Kind.GONE : WatchFailure.Kind.LOST,
        retryAfter > 0 ? Optional.of(Duration.ofSeconds(retryAfter)) : Optional.empty());
  }
}
