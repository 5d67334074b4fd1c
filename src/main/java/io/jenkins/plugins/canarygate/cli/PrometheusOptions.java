package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusClient;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusLogin;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusTenant;
import io.jenkins.plugins.canarygate.frontend.Secrets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import picocli.CommandLine.Option;

/** How Prometheus is reached; never in the gate file. */
final class PrometheusOptions {
  @Option(
      names = "--prometheus-url",
      paramLabel = "URL",
      description =
          "What /api/v1/query is under: Prometheus, Thanos, Cortex or Mimir. Otherwise"
              + " PROMETHEUS_URL.")
  private String url;

  @Option(
      names = "--prometheus-bearer-token-file",
      paramLabel = "FILE",
      description =
          "A file with a bearer token, read at each use so that a rotated one is picked up."
              + " Otherwise the file that PROMETHEUS_BEARER_TOKEN_FILE names.")
  private Path tokenFile;

  @Option(
      names = "--prometheus-username",
      paramLabel = "NAME",
      description = "The name for basic authentication. Otherwise PROMETHEUS_USERNAME.")
  private String user;

  @Option(
      names = "--prometheus-password-file",
      paramLabel = "FILE",
      description =
          "A file with its password, read at each use. Otherwise the file that"
              + " PROMETHEUS_PASSWORD_FILE names.")
  private Path passwordFile;

  @Option(
      names = "--prometheus-tenant",
      paramLabel = "NAME",
      description =
          "Whose data is asked for, sent as X-Scope-OrgID (Cortex, Mimir) and THANOS-TENANT."
              + " Otherwise PROMETHEUS_TENANT.")
  private String tenant;

  @Option(
      names = "--prometheus-tenant-header",
      paramLabel = "HEADER",
      description = "The header that names the tenant, in place of those two.")
  private String tenantHeader;

  PrometheusOptions() {}

  PrometheusOptions(String url, Path tokenFile, String user, Path passwordFile) {
    this.url = url;
    this.tokenFile = tokenFile;
    this.user = user;
    this.passwordFile = passwordFile;
  }

  PrometheusOptions tenant(String header, String name) {
    this.tenantHeader = header;
    this.tenant = name;
    return this;
  }

  /**
   * The server.
   *
   * @throws Misuse if there is no address, or what is given does not go together
   */
  PrometheusClient client(OkHttpClient connections, Surroundings around, Secrets secrets) {
    String address =
        Optional.ofNullable(url)
            .or(() -> around.variable("PROMETHEUS_URL"))
            .orElseThrow(
                () ->
                    new Misuse(
                        "the gate asks Prometheus, and there is no address: set PROMETHEUS_URL, or"
                            + " give --prometheus-url"));
    Map<String, String> headers = tenant(around);
    PrometheusLogin login = login(around, secrets);
    try {
      return new PrometheusClient(connections, address, login, headers, around.clock());
    } catch (IllegalArgumentException e) {
      throw new Misuse((url == null ? "PROMETHEUS_URL: " : "--prometheus-url: ") + e.getMessage());
    }
  }

  private Map<String, String> tenant(Surroundings around) {
    Optional<String> name =
        Optional.ofNullable(tenant).or(() -> around.variable("PROMETHEUS_TENANT"));
    try {
      if (tenantHeader == null) {
        return name.map(PrometheusTenant::of).orElse(PrometheusTenant.NONE);
      }
      return PrometheusTenant.of(
          tenantHeader,
          name.orElseThrow(
              () ->
                  new Misuse(
                      "--prometheus-tenant-header names a header and nothing says which tenant;"
                          + " give --prometheus-tenant")));
    } catch (IllegalArgumentException e) {
      throw new Misuse("--prometheus-tenant: " + e.getMessage());
    }
  }

  private PrometheusLogin login(Surroundings around, Secrets secrets) {
    // What the flags say stands against what the environment says as a whole.
    boolean byFlags = tokenFile != null || user != null || passwordFile != null;
    Optional<Path> token = file(tokenFile, byFlags, around, "PROMETHEUS_BEARER_TOKEN_FILE");
    Optional<Path> password = file(passwordFile, byFlags, around, "PROMETHEUS_PASSWORD_FILE");
    Optional<String> name =
        byFlags ? Optional.ofNullable(user) : around.variable("PROMETHEUS_USERNAME");
    if (token.isPresent() && (name.isPresent() || password.isPresent())) {
      throw new Misuse(
          "Prometheus is given both a bearer token and a name with a password; give one of them");
    }
    if (name.isPresent() != password.isPresent()) {
      throw new Misuse(
          "Prometheus' login by name needs a name and a file with its password:"
              + " --prometheus-username and --prometheus-password-file");
    }
    if (token.isPresent()) {
      return PrometheusLogin.bearer(
          secret(token.get(), "Prometheus token file", "--prometheus-bearer-token-file", secrets));
    }
    if (password.isEmpty()) {
      return PrometheusLogin.NONE;
    }
    try {
      return PrometheusLogin.basic(
          name.get(),
          secret(
              password.get(), "Prometheus password file", "--prometheus-password-file", secrets));
    } catch (IllegalArgumentException e) {
      throw new Misuse("--prometheus-username: " + e.getMessage());
    }
  }

  private static Optional<Path> file(
      Path flag, boolean byFlags, Surroundings around, String variable) {
    return byFlags ? Optional.ofNullable(flag) : around.variable(variable).map(Path::of);
  }

  /** Read once now, so that what is wrong with it is said before anything is contacted. */
  private static Supplier<String> secret(Path file, String what, String option, Secrets secrets) {
    Supplier<String> reading = () -> secrets.remember(SecretFile.read(file, what, option));
    reading.get();
    return reading;
  }
}
