package io.jenkins.plugins.canarygate.jenkins.config;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** All that an administrator sets. Without it nothing is allowed. */
@Extension
@Symbol("canaryGate")
public class CanaryGateConfiguration extends GlobalConfiguration {
  private static volatile ConnectionTester tester;
  private static volatile RunningGates running;

  private List<ClusterConfiguration> clusters = new ArrayList<>();
  private List<HoneycombConfiguration> honeycombs = new ArrayList<>();
  private List<PrometheusConfiguration> prometheusServers = new ArrayList<>();
  private PolicyFloorConfiguration policyFloor = new PolicyFloorConfiguration();
  private LimitsConfiguration limits = new LimitsConfiguration();
  private boolean actingStopped;

  public CanaryGateConfiguration() {
    load();
  }

  public static CanaryGateConfiguration get() {
    return ExtensionList.lookupSingleton(CanaryGateConfiguration.class);
  }

  /** What tries connections, from the moment there is one. */
  public static void testBy(ConnectionTester with) {
    tester = with;
  }

  static ConnectionTester trial() {
    return tester;
  }

  /** What the monitors ask, from the moment there is something. */
  public static void watch(RunningGates gates) {
    running = gates;
  }

  static Optional<RunningGates> running() {
    return Optional.ofNullable(running);
  }

  @Override
  public String getDisplayName() {
    return Messages.Configuration_displayName();
  }

  /** The settings as they are now, with Jenkins' own way out. */
  public Settings toSettings() {
    return new Settings(
        getClusters().stream().map(ClusterConfiguration::toSettings).toList(),
        getHoneycombs().stream().map(HoneycombConfiguration::toSettings).toList(),
        getPrometheusServers().stream().map(PrometheusConfiguration::toSettings).toList(),
        getPolicyFloor().toFloor(),
        getLimits().toLimits(),
        actingStopped,
        WayOut.of(Jenkins.get().getProxy()));
  }

  @Override
  public boolean configure(StaplerRequest2 request, JSONObject json) throws FormException {
    Jenkins.get().checkPermission(Jenkins.ADMINISTER);
    // What is not in the form has been taken out of it.
    List<ClusterConfiguration> clusters =
        request.bindJSONToList(ClusterConfiguration.class, json.get("clusters"));
    List<HoneycombConfiguration> honeycombs =
        request.bindJSONToList(HoneycombConfiguration.class, json.get("honeycombs"));
    List<PrometheusConfiguration> servers =
        request.bindJSONToList(PrometheusConfiguration.class, json.get("prometheusServers"));
    PolicyFloorConfiguration floor =
        request.bindJSON(PolicyFloorConfiguration.class, json.getJSONObject("policyFloor"));
    LimitsConfiguration most =
        request.bindJSON(LimitsConfiguration.class, json.getJSONObject("limits"));
    Optional<Fault> fault =
        Fault.ofClusters(clusters)
            .or(() -> Fault.ofHoneycombs(honeycombs))
            .or(() -> Fault.ofPrometheusServers(servers))
            .or(() -> Fault.ofFloor(floor));
    if (fault.isPresent()) {
      throw new FormException(fault.get().message(), fault.get().field());
    }
    this.clusters = new ArrayList<>(clusters);
    this.honeycombs = new ArrayList<>(honeycombs);
    this.prometheusServers = new ArrayList<>(servers);
    this.policyFloor = floor;
    this.limits = most;
    this.actingStopped = json.optBoolean("actingStopped");
    save();
    return true;
  }

  /** What comes from a file of configuration has no form to show a fault in. */
  private static void refuse(Optional<Fault> fault) {
    fault.ifPresent(
        what -> {
          throw new IllegalArgumentException(what.field() + ": " + what.message());
        });
  }

  public List<ClusterConfiguration> getClusters() {
    return clusters == null ? List.of() : clusters;
  }

  @DataBoundSetter
  public void setClusters(List<ClusterConfiguration> clusters) {
    refuse(clusters == null ? Optional.empty() : Fault.ofClusters(clusters));
    this.clusters = clusters == null ? new ArrayList<>() : new ArrayList<>(clusters);
    save();
  }

  public List<HoneycombConfiguration> getHoneycombs() {
    return honeycombs == null ? List.of() : honeycombs;
  }

  @DataBoundSetter
  public void setHoneycombs(List<HoneycombConfiguration> honeycombs) {
    refuse(honeycombs == null ? Optional.empty() : Fault.ofHoneycombs(honeycombs));
    this.honeycombs = honeycombs == null ? new ArrayList<>() : new ArrayList<>(honeycombs);
    save();
  }

  public List<PrometheusConfiguration> getPrometheusServers() {
    return prometheusServers == null ? List.of() : prometheusServers;
  }

  @DataBoundSetter
  public void setPrometheusServers(List<PrometheusConfiguration> prometheusServers) {
    refuse(
        prometheusServers == null
            ? Optional.empty()
            : Fault.ofPrometheusServers(prometheusServers));
    this.prometheusServers =
        prometheusServers == null ? new ArrayList<>() : new ArrayList<>(prometheusServers);
    save();
  }

  public PolicyFloorConfiguration getPolicyFloor() {
    return policyFloor == null ? new PolicyFloorConfiguration() : policyFloor;
  }

  @DataBoundSetter
  public void setPolicyFloor(PolicyFloorConfiguration policyFloor) {
    refuse(policyFloor == null ? Optional.empty() : Fault.ofFloor(policyFloor));
    this.policyFloor = policyFloor;
    save();
  }

  public LimitsConfiguration getLimits() {
    return limits == null ? new LimitsConfiguration() : limits;
  }

  @DataBoundSetter
  public void setLimits(LimitsConfiguration limits) {
    this.limits = limits;
    save();
  }

  public boolean isActingStopped() {
    return actingStopped;
  }

  /**
   * @param actingStopped whether no gate may act until it is set back
   */
  @DataBoundSetter
  public void setActingStopped(boolean actingStopped) {
    this.actingStopped = actingStopped;
    save();
  }
}
