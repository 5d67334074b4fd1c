package io.jenkins.plugins.canarygate.gatefile;

/**
 * Where something stands in a file.
 *
 * @param line from 1 on; 0 where there is no file
 * @param column from 1 on; 0 where there is no file
 */
record Place(int line, int column) {
  static final Place NONE = new Place(0, 0);
}
