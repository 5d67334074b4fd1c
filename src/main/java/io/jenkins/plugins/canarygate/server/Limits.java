package io.jenkins.plugins.canarygate.server;

import java.time.Duration;

/**
 * What one port takes.
 *
 * @param bodyBytes the largest body; more is answered with 413
 * @param headBytes the largest request line with headers; more is answered with 431
 * @param headTime from the first byte of a request, or from the opening of a connection, to the end
 *     of the headers
 * @param bodyTime from there to the end of the body
 * @param idle how long a connection without a request is kept
 * @param connections open at once; more wait until one is closed
 * @param perSecond requests from one address; more is answered with 429
 * @param burst how many of them may come at once
 * @param threads at most
 * @param waiting how many requests may wait for a thread
 */
public record Limits(
    int bodyBytes,
    int headBytes,
    Duration headTime,
    Duration bodyTime,
    Duration idle,
    int connections,
    int perSecond,
    int burst,
    int threads,
    int waiting) {
  private static final int DEFAULT_BODY = 64 * 1024;
  private static final int DEFAULT_HEAD = 8 * 1024;

  /** The usual ones, with a rate for each caller. */
  public static Limits of(int perSecond) {
    return new Limits(
        DEFAULT_BODY,
        DEFAULT_HEAD,
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        512,
        perSecond,
        2 * perSecond,
        32,
        1024);
  }

  Limits within(Duration head, Duration body) {
    return new Limits(
        bodyBytes, headBytes, head, body, idle, connections, perSecond, burst, threads, waiting);
  }
}
