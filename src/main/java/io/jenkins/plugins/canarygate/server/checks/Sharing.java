package io.jenkins.plugins.canarygate.server.checks;

/** How replicas agree on who measures. */
@FunctionalInterface
interface Sharing {

  /** Nothing is contacted yet. */
  Share of(CheckKey key);
}
