package io.jenkins.plugins.canarygate.jenkins.step;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.TermMilestone;
import hudson.init.Terminator;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.host.NamedThreads;
import io.jenkins.plugins.canarygate.jenkins.build.LiveReports;
import io.jenkins.plugins.canarygate.jenkins.config.AdministratorKeys;
import io.jenkins.plugins.canarygate.jenkins.config.CanaryGateConfiguration;
import io.jenkins.plugins.canarygate.jenkins.config.ConnectionTester;
import io.jenkins.plugins.canarygate.jenkins.config.RunningGates;
import io.jenkins.plugins.canarygate.jenkins.gates.Abandoned;
import io.jenkins.plugins.canarygate.jenkins.gates.ControllerGates;
import io.jenkins.plugins.canarygate.jenkins.gates.GateFolder;
import io.jenkins.plugins.canarygate.jenkins.gates.GateKey;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.ClusterSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.HoneycombSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.PrometheusSettings;
import io.jenkins.plugins.canarygate.jenkins.symbol.ArgoRollout;
import io.jenkins.plugins.canarygate.jenkins.symbol.HoneycombQuery;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** The gates of this controller, from its start to its end. */
public final class CanaryGates {
  private static final Logger LOGGER = Logger.getLogger("io.jenkins.plugins.canarygate");
  private static ControllerGates gates;

  /** Whose they are; a process of tests sees one Jenkins after another. */
  private static Jenkins owner;

  private CanaryGates() {}

  /** The one there is; made when it is first needed. */
  public static synchronized ControllerGates get() {
    Jenkins jenkins = Jenkins.get();
    if (gates == null || owner != jenkins) {
      owner = jenkins;
      gates =
          new ControllerGates(
              CanaryGates::settings,
              new AdministratorKeys(),
              jenkins.getRootDir().toPath().resolve(GateFolder.NAME));
    }
    return gates;
  }

  private static Settings settings() {
    try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
      return CanaryGateConfiguration.get().toSettings();
    }
  }

  /**
   * What the first step needs is loaded then already: Pipeline's own thread must not wait for it.
   */
  private static void warmUp() {
    CanaryGateStep step = new CanaryGateStep();
    step.setName("warm-up");
    step.setRollout(new ArgoRollout("none", "none"));
    step.setChecks(List.of(new HoneycombQuery("none", "none", Map.of("calculations", List.of()))));
    try {
      get();
      step.order();
      step.given();
    } catch (RefusedException | RuntimeException e) {
      LOGGER.log(Level.FINE, "the first gate will load what it needs", e);
    }
  }

  /** Lets the configuration try connections, and monitors and pages see what the gates meet. */
  @Initializer(after = InitMilestone.EXTENSIONS_AUGMENTED, before = InitMilestone.JOB_LOADED)
  public static void begin() {
    new NamedThreads("canary-gate-warm-up").newThread(CanaryGates::warmUp).start();
    LiveReports.from(key -> get().report(key));
    CanaryGateConfiguration.testBy(
        new ConnectionTester() {
          @Override
          public List<Finding> tryCluster(ClusterSettings cluster, String namespace) {
            return get().tryCluster(cluster, namespace);
          }

          @Override
          public List<Finding> tryHoneycomb(HoneycombSettings environment) {
            return get().tryHoneycomb(environment);
          }

          @Override
          public List<Finding> tryPrometheus(PrometheusSettings server) {
            return get().tryPrometheus(server);
          }
        });
    CanaryGateConfiguration.watch(
        new RunningGates() {
          @Override
          public List<Abandoned> abandoned() {
            return get().abandoned();
          }

          @Override
          public void dismiss(GateKey key) {
            get().dismiss(key);
          }

          @Override
          public Map<String, String> troubles() {
            return get().troubles();
          }
        });
  }

  /** Closes watches and connections; the gates are kept. */
  @Terminator(after = TermMilestone.STARTED)
  public static synchronized void end() {
    if (gates != null) {
      gates.close();
    }
  }
}
