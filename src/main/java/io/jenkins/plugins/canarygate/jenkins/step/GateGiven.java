package io.jenkins.plugins.canarygate.jenkins.step;

import io.jenkins.plugins.canarygate.jenkins.gates.GateText;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How a step gives its gate: in exactly one of three ways. */
sealed interface GateGiven {

  /**
   * A file in the workspace.
   *
   * @param path relative to the workspace
   */
  record InWorkspace(String path) implements GateGiven {}

  /**
   * In the Jenkinsfile itself.
   *
   * @param source puts it together, which may take longer than Pipeline's own thread has
   */
  record Here(GateText.Source source) implements GateGiven {}

  /**
   * What is given of the three.
   *
   * @param file null where none is
   * @param text null where none is
   * @param pieces the names of those pieces of a gate that stand in the Jenkinsfile
   * @param tree the gate that they make
   * @throws RefusedException if it is none of them, or more than one
   */
  static GateGiven of(String file, String text, List<String> pieces, GateTree tree)
      throws RefusedException {
    List<String> ways = new ArrayList<>();
    if (file != null) {
      ways.add("gate");
    }
    if (text != null) {
      ways.add("gateText");
    }
    if (!ways.isEmpty() && !pieces.isEmpty()) {
      throw new RefusedException(
          "canaryGate is given "
              + String.join(", ", pieces)
              + " beside "
              + ways.get(0)
              + ", which says that itself; write it there, or leave "
              + ways.get(0)
              + " away and give the whole gate as symbols");
    }
    if (ways.size() > 1 || ways.isEmpty() && pieces.isEmpty()) {
      throw new RefusedException(
          (ways.isEmpty() ? "canaryGate is given no gate" : "canaryGate is given two gates")
              + "; give exactly one of: gate: 'deploy/gate.yaml' (a file in the workspace), gateText:"
              + " (its text), or name:, rollout: and checks: (symbols)");
    }
    if (file != null) {
      return new InWorkspace(file);
    }
    return new Here(
        text != null
            ? order -> new GateText.Bytes("gateText", text.getBytes(StandardCharsets.UTF_8))
            : order -> tree.text());
  }
}
