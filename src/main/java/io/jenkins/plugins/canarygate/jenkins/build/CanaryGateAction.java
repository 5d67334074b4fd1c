package io.jenkins.plugins.canarygate.jenkins.build;

import hudson.model.Api;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.canarygate.jenkins.gates.GateEnd;
import io.jenkins.plugins.canarygate.jenkins.gates.GateKey;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The gates of a build: what it keeps of them, and their pages. */
@ExportedBean
public final class CanaryGateAction implements RunAction2, StaplerProxy {
  static final String URL = "canary-gate";

  private static final Logger LOGGER = Logger.getLogger("io.jenkins.plugins.canarygate");

  private volatile List<GateSummary> gates = new ArrayList<>();
  private transient Run<?, ?> run;

  CanaryGateAction() {}

  /** A gate begins, or is gone on with. */
  public static void begun(Run<?, ?> run, GateKey key) {
    of(run).change(key.id(), known -> known == null ? fresh(key) : known);
  }

  /** A gate has ended, or was refused. */
  public static void ended(Run<?, ?> run, GateKey key, GateEnd end) {
    of(run)
        .change(key.id(), known -> (known == null ? fresh(key) : known).ended(end, Instant.now()));
  }

  private static GateSummary fresh(GateKey key) {
    return GateSummary.begun(key.id(), Instant.now());
  }

  private static CanaryGateAction of(Run<?, ?> run) {
    synchronized (run) {
      CanaryGateAction action = run.getAction(CanaryGateAction.class);
      if (action == null) {
        action = new CanaryGateAction();
        run.addAction(action);
      }
      return action;
    }
  }

  private void change(String id, UnaryOperator<GateSummary> how) {
    synchronized (this) {
      List<GateSummary> changed = new ArrayList<>(gates);
      int place = 0;
      while (place < changed.size() && !changed.get(place).getId().equals(id)) {
        place++;
      }
      GateSummary known = place < changed.size() ? changed.get(place) : null;
      GateSummary now = how.apply(known);
      if (now == known) {
        return;
      }
      if (known == null) {
        changed.add(now);
      } else {
        changed.set(place, now);
      }
      // Another list, so that whoever reads or saves the old one is not disturbed.
      gates = changed;
    }
    if (!run.getRootDir().isDirectory()) {
      // Saving would make a deleted build's folder anew.
      return;
    }
    try {
      run.save();
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "the summary of a gate could not be kept with its build", e);
    }
  }

  @Override
  public void onAttached(Run<?, ?> run) {
    this.run = run;
  }

  @Override
  public void onLoad(Run<?, ?> run) {
    this.run = run;
  }

  public Run<?, ?> getRun() {
    return run;
  }

  @Exported(visibility = 2)
  public List<GateSummary> getGates() {
    return List.copyOf(gates);
  }

  /** The page of one gate, by its id. */
  public GatePage getDynamic(String id) {
    return getGates().stream()
        .filter(gate -> gate.getId().equals(id))
        .findFirst()
        .map(gate -> new GatePage(run, gate))
        .orElse(null);
  }

  /** The pages of all gates, in the order they began. */
  public List<GatePage> getPages() {
    return getGates().stream().map(gate -> new GatePage(run, gate)).toList();
  }

  /** Nothing here is for whoever may not read the build. */
  @Override
  public Object getTarget() {
    run.checkPermission(Item.READ);
    return this;
  }

  public Api getApi() {
    return new Api(this);
  }

  @Override
  public String getIconFileName() {
    return "symbol-analytics";
  }

  @Override
  public String getDisplayName() {
    return "Canary Gate";
  }

  @Override
  public String getUrlName() {
    return URL;
  }
}
