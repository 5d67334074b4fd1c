package io.jenkins.plugins.canarygate.host;

import java.io.IOException;

/** A store that this process alone writes to, until it is closed (rule S1). */
public interface OwnedStore extends SessionStore, AutoCloseable {

  /** What messages call it, as {@code the session gate.session}. */
  String name();

  /** Gives the session up, so that another process can go on with it. */
  @Override
  void close() throws IOException;
}
