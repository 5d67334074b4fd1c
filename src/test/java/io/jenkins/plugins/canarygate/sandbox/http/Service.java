package io.jenkins.plugins.canarygate.sandbox.http;

import java.util.Optional;

/** What a simulated service does behind its port. */
public interface Service {

  /** What the request asks, whether or not it may. */
  Call classify(Request request);

  /** Carries it out. */
  Answer answer(Request request);

  /** An error in the service's own shape. */
  Answer error(int status, Request request);

  /** Takes a request that is answered by a stream; empty where it is answered at once. */
  default Optional<StreamStart> stream(Request request) {
    return Optional.empty();
  }

  /** Begins to fill a stream whose head has been sent. It must not block. */
  interface StreamStart {
    void begin(Stream stream);
  }
}
