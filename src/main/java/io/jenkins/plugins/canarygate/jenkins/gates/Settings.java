package io.jenkins.plugins.canarygate.jenkins.gates;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an administrator has set, as it is at this moment.
 *
 * @param clusters where rollouts are, each by a name of its own
 * @param honeycombs where Honeycomb is asked, each by a name of its own
 * @param prometheusServers where Prometheus is asked, each by a name of its own
 * @param floor what every gate must keep to, whatever its file says
 * @param limits how long and how many
 * @param actingStopped whether an administrator has stopped all acting
 * @param proxy how Jenkins reaches what is outside; empty: directly
 */
public record Settings(
    List<ClusterSettings> clusters,
    List<HoneycombSettings> honeycombs,
    List<PrometheusSettings> prometheusServers,
    PolicyFloor floor,
    Limits limits,
    boolean actingStopped,
    Optional<Proxy> proxy) {
  public Settings {
    clusters = List.copyOf(clusters);
    honeycombs = List.copyOf(honeycombs);
    prometheusServers = List.copyOf(prometheusServers);
  }

  /** Nothing is configured, so nothing is allowed. */
  public static Settings none() {
    return new Settings(
        List.of(), List.of(), List.of(), PolicyFloor.NONE, Limits.NONE, false, Optional.empty());
  }

  /**
   * A cluster.
   *
   * @param name what steps and gate files call it
   * @param server the API server's address; empty where a kubeconfig or the controller's own
   *     service account says it
   * @param certificate the CA certificate of the server, PEM; empty: those that this JVM trusts
   * @param credentialsId the administrator's credential: secret text is a token, a secret file a
   *     kubeconfig; empty where {@code serviceAccount}
   * @param serviceAccount whether the controller's own service account is used
   * @param allowances who may do what there; none: nobody anything
   */
  public record ClusterSettings(
      String name,
      String server,
      String certificate,
      String credentialsId,
      boolean serviceAccount,
      List<Allowance> allowances) {
    public ClusterSettings {
      allowances = List.copyOf(allowances);
    }
  }

  /**
   * An environment at Honeycomb.
   *
   * @param name what steps and gate files call it
   * @param address the API's address
   * @param credentialsId the administrator's credential, secret text
   * @param resultsPerMinute how many query results this controller may create there in a minute
   * @param jobs patterns of the jobs that may ask it; none: nobody
   */
  public record HoneycombSettings(
      String name, String address, String credentialsId, int resultsPerMinute, List<String> jobs) {
    public HoneycombSettings {
      jobs = List.copyOf(jobs);
    }
  }

  /**
   * A server that answers as Prometheus does.
   *
   * @param name what steps and gate files call it
   * @param address what {@code /api/v1/query} is under
   * @param credentialsId the administrator's credential: secret text is a bearer token, a name with
   *     a password goes by basic authentication; empty: nobody is named
   * @param tenant whose data is asked for; empty: no tenant is named
   * @param tenantHeader the header that names the tenant; empty: those of Cortex, Mimir and Thanos
   * @param jobs patterns of the jobs that may ask it; none: nobody
   */
  public record PrometheusSettings(
      String name,
      String address,
      String credentialsId,
      String tenant,
      String tenantHeader,
      List<String> jobs) {
    public PrometheusSettings {
      jobs = List.copyOf(jobs);
    }
  }

  /**
   * How long and how many.
   *
   * @param total the longest {@code timeouts.total}; empty: any
   * @param gates how many gates may wait at a time; 0: any number
   */
  public record Limits(Optional<Duration> total, int gates) {
    public static final Limits NONE = new Limits(Optional.empty(), 0);
  }

  /**
   * An HTTP proxy.
   *
   * @param user who to be there; empty: nobody
   * @param password with it
   * @param direct hosts that are reached directly, {@code *} for any part of a name
   */
  public record Proxy(
      String host,
      int port,
      Optional<String> user,
      Optional<String> password,
      List<String> direct) {
    public Proxy {
      direct = List.copyOf(direct);
    }

    /** Whether a host is reached through it. */
    public boolean covers(String target) {
      return direct.stream()
          .noneMatch(pattern -> Pattern.matches(pattern.replaceAll("\\*+", "**"), '.', target));
    }

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }
}
