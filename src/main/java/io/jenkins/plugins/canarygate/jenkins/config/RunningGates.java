package io.jenkins.plugins.canarygate.jenkins.config;

import io.jenkins.plugins.canarygate.jenkins.gates.Abandoned;
import io.jenkins.plugins.canarygate.jenkins.gates.GateKey;
import java.util.List;
import java.util.Map;

/** What the gates of this controller have to tell an administrator. */
public interface RunningGates {
  /** The gates that nobody can go on with, until they are dismissed. */
  List<Abandoned> abandoned();

  void dismiss(GateKey key);

  /** Why clusters cannot be reached by their gates now, a line each, by the cluster's name. */
  Map<String, String> troubles();
}
