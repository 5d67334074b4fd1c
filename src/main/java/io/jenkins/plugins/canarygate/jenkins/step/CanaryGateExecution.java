package io.jenkins.plugins.canarygate.jenkins.step;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.canarygate.jenkins.gates.ControllerGates;
import io.jenkins.plugins.canarygate.jenkins.gates.GateOrder;
import io.jenkins.plugins.canarygate.jenkins.gates.GateText;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A step that waits for its gate, without a thread. It keeps which gate that is and what it asked:
 * what the gate knows lies in the build's folder, and counts.
 */
public class CanaryGateExecution extends StepExecution {
  private static final long serialVersionUID = 1L;
  private static final Logger LOGGER = Logger.getLogger("io.jenkins.plugins.canarygate");

  /** Gone after a restart, when the order that was kept counts. */
  private final transient CanaryGateStep step;

  private String id;

  /** Stands for what a gate keeps where Jenkins stops before it has kept anything. */
  private String order;

  private transient volatile StepEnding ending;

  CanaryGateExecution(StepContext context, CanaryGateStep step) {
    super(context);
    this.step = step;
  }

  @Override
  public boolean start() throws Exception {
    GateOrder asked;
    GateText.Source source;
    try {
      asked = step.order();
      source = source(step.given());
    } catch (RefusedException e) {
      throw new AbortException(e.getMessage());
    }
    FlowNode node = getContext().get(FlowNode.class);
    id = node.getId();
    order = asked.json();
    JenkinsBuildSide side = side(node);
    gates().begin(side.key(), asked, source, side);
    return false;
  }

  private GateText.Source source(GateGiven given) {
    return given instanceof GateGiven.Here here
        ? here.source()
        : new WorkspaceGateFile(getContext());
  }

  @Override
  public void onResume() {
    try {
      JenkinsBuildSide side = side(getContext().get(FlowNode.class));
      gates().begin(side.key(), GateOrder.read(order), new WorkspaceGateFile(getContext()), side);
    } catch (IOException | InterruptedException | RuntimeException e) {
      LOGGER.log(Level.WARNING, "a gate could not be gone on with; see the abandoned gates", e);
      getContext().onFailure(e);
    }
  }

  /** May come twice, and on Pipeline's own thread: it only hands over. */
  @Override
  public void stop(Throwable cause) {
    StepEnding waiting = ending;
    if (waiting == null) {
      getContext().onFailure(cause);
      return;
    }
    // Whoever asks a second time does not want to wait.
    boolean first = waiting.stoppedBy(cause);
    StopCause why = StopCause.of(cause);
    if (!first || !gates().cancel(waiting.key(), why.by(), why.timedOut())) {
      waiting.giveUp();
    }
  }

  /** One line for whoever looks at the threads of a Pipeline. */
  @Override
  public String getStatus() {
    StepEnding waiting = ending;
    return waiting == null ? "has not begun" : StepStatus.of(gates().report(waiting.key()));
  }

  private JenkinsBuildSide side(FlowNode node) throws IOException, InterruptedException {
    Run<?, ?> run = getContext().get(Run.class);
    StepEnding waiting = new StepEnding(getContext(), run, node);
    ending = waiting;
    return new JenkinsBuildSide(getContext(), run, node, waiting);
  }

  private static ControllerGates gates() {
    return CanaryGates.get();
  }
}
