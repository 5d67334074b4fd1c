package io.jenkins.plugins.canarygate.jenkins.step;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.TermMilestone;
import hudson.init.Terminator;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.jenkins.build.LiveReports;
import io.jenkins.plugins.canarygate.jenkins.config.AdministratorKeys;
import io.jenkins.plugins.canarygate.jenkins.config.CanaryGateConfiguration;
import io.jenkins.plugins.canarygate.jenkins.config.ConnectionTester;
import io.jenkins.plugins.canarygate.jenkins.gates.ControllerGates;
import io.jenkins.plugins.canarygate.jenkins.gates.GateFolder;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.ClusterSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.HoneycombSettings;
import java.util.List;
import jenkins.model.Jenkins;

/** The gates of this controller, from its start to its end. */
public final class CanaryGates {
  private static ControllerGates gates;

  private CanaryGates() {}

  /** The one there is; made when it is first needed. */
  public static synchronized ControllerGates get() {
    if (gates == null) {
      gates =
          new ControllerGates(
              CanaryGates::settings,
              new AdministratorKeys(),
              Jenkins.get().getRootDir().toPath().resolve(GateFolder.NAME));
    }
    return gates;
  }

  private static Settings settings() {
    try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
      return CanaryGateConfiguration.get().toSettings();
    }
  }

  /** Lets the configuration try connections, and pages show gates that run. */
  @Initializer(after = InitMilestone.EXTENSIONS_AUGMENTED, before = InitMilestone.JOB_LOADED)
  public static void begin() {
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
