package io.jenkins.plugins.canarygate.jenkins.gates;

/** What became of a build, for gates of it that nobody has gone on with. */
public enum BuildFate {
  /** It runs, and may still go on with its gates. */
  WAITED_FOR,
  /** It is over. */
  OVER,
  /** It is not found: it was deleted, or what is kept of it cannot be read. */
  DELETED
}
