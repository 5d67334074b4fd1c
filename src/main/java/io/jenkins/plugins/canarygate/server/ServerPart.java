package io.jenkins.plugins.canarygate.server;

import java.util.List;

/** A part of the server: endpoints, and what works behind them. */
public interface ServerPart extends AutoCloseable {

  /** Where it answers. Asked once, before it is started. */
  List<Route> routes();

  /** Begins its work. Does not block. */
  void start();

  /** What stands in the way of right answers now, a line for each; none: it is ready. */
  default List<String> notReady() {
    return List.of();
  }

  /** Ends its work; the ports are closed by then. */
  @Override
  void close();
}
