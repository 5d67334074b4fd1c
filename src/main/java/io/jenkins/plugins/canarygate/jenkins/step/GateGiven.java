package io.jenkins.plugins.canarygate.jenkins.step;

import io.jenkins.plugins.canarygate.jenkins.gates.GateText;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;
import java.nio.charset.StandardCharsets;

/** How a step gives its gate: in exactly one of three ways. */
sealed interface GateGiven {

  /**
   * A file in the workspace.
   *
   * @param path relative to the workspace
   */
  record InWorkspace(String path) implements GateGiven {}

  /** In the Jenkinsfile itself. */
  record Here(GateText text) implements GateGiven {}

  /**
   * What is given of the three; null for what is not.
   *
   * @throws RefusedException if it is none of them, or more than one
   */
  static GateGiven of(String file, String text, GateTree tree) throws RefusedException {
    int ways = (file == null ? 0 : 1) + (text == null ? 0 : 1) + (tree == null ? 0 : 1);
    if (ways != 1) {
      throw new RefusedException(
          (ways == 0 ? "canaryGate is given no gate" : "canaryGate is given its gate in two ways")
              + "; give exactly one of: gate: 'deploy/gate.yaml' (a file in the workspace), gateText:"
              + " (its text), or name:, rollout: and checks: (symbols)");
    }
    if (file != null) {
      return new InWorkspace(file);
    }
    return new Here(
        text != null
            ? new GateText.Bytes("gateText", text.getBytes(StandardCharsets.UTF_8))
            : tree.text());
  }
}
