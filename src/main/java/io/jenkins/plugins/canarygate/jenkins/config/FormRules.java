package io.jenkins.plugins.canarygate.jenkins.config;

import hudson.util.FormValidation;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusClient;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusLogin;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusTenant;
import io.jenkins.plugins.canarygate.jenkins.gates.Loopback;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;

/** What is right in each field of the configuration. */
final class FormRules {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9*]([a-z0-9*-]{0,61}[a-z0-9*])?");

  /** What may be in a job's full name, by Jenkins' own rules, and stars. */
  private static final Pattern JOBS =
      Pattern.compile("[^/?\\\\!@#$^&|<>\\[\\]:;]+(/[^/?\\\\!@#$^&|<>\\[\\]:;]+)*");

  private static final OkHttpClient NEVER_USED = new OkHttpClient();

  private FormRules() {}

  /**
   * What is to be said of a field.
   *
   * @param wrong whether it cannot be saved so
   * @param message what to say; empty where all is well
   */
  record Rule(boolean wrong, Optional<String> message) {
    static final Rule OK = new Rule(false, Optional.empty());

    static Rule wrong(String message) {
      return new Rule(true, Optional.of(message));
    }

    static Rule doubtful(String message) {
      return new Rule(false, Optional.of(message));
    }

    FormValidation validation() {
      if (message.isEmpty()) {
        return FormValidation.ok();
      }
      return wrong ? FormValidation.error(message.get()) : FormValidation.warning(message.get());
    }
  }

  static Rule name(String value) {
    return value != null && NAME.matcher(value).matches()
        ? Rule.OK
        : Rule.wrong(Messages.FormRules_name());
  }

  static Rule jobs(String value) {
    List<String> patterns = Lines.of(value);
    if (patterns.isEmpty()) {
      return Rule.doubtful(Messages.FormRules_nobody());
    }
    if (!patterns.stream().allMatch(pattern -> JOBS.matcher(pattern).matches())) {
      return Rule.wrong(Messages.FormRules_jobs());
    }
    return patterns.contains("**") ? Rule.doubtful(Messages.FormRules_everybody()) : Rule.OK;
  }

  static Rule namespaces(String value) {
    List<String> names = Lines.of(value);
    if (names.isEmpty()) {
      return Rule.doubtful(Messages.FormRules_nowhere());
    }
    return names.stream().allMatch(name -> NAMESPACE.matcher(name).matches())
        ? Rule.OK
        : Rule.wrong(Messages.FormRules_namespace());
  }

  /** An address that a secret may go to; may be empty where something else says it. */
  static Rule address(String value) {
    if (value == null || value.isBlank()) {
      return Rule.OK;
    }
    try {
      URI address = new URI(value.strip());
      boolean plain =
          address.getHost() != null
              && address.getUserInfo() == null
              && address.getQuery() == null
              && address.getFragment() == null;
      boolean encrypted = "https".equals(address.getScheme()) || Loopback.plain(address);
      return plain && encrypted ? Rule.OK : Rule.wrong(Messages.FormRules_address());
    } catch (URISyntaxException e) {
      return Rule.wrong(Messages.FormRules_address());
    }
  }

  /**
   * What is under an address of Prometheus; a secret goes unencrypted to this machine alone.
   *
   * @param secret whether a token or a password goes there
   */
  static Rule prometheus(String value, boolean secret) {
    if (value == null || value.isBlank()) {
      return Rule.wrong(Messages.FormRules_prometheus());
    }
    try {
      new PrometheusClient(
          NEVER_USED,
          value,
          secret ? PrometheusLogin.bearer(() -> "") : PrometheusLogin.NONE,
          PrometheusTenant.NONE,
          InstantSource.system());
      return Rule.OK;
    } catch (IllegalArgumentException e) {
      boolean plain = value.strip().startsWith("http://");
      return Rule.wrong(
          secret && plain && !prometheus(value, false).wrong()
              ? Messages.FormRules_unencrypted()
              : Messages.FormRules_prometheus());
    }
  }

  /** Whose data Prometheus is asked for. */
  static Rule tenant(String value) {
    return empty(value) || isTenant(() -> PrometheusTenant.of(value.strip()))
        ? Rule.OK
        : Rule.wrong(Messages.FormRules_tenant());
  }

  /** The header that says so, which is of use only with a tenant. */
  static Rule tenantHeader(String value, String tenant) {
    if (empty(value)) {
      return Rule.OK;
    }
    if (empty(tenant)) {
      return Rule.wrong(Messages.FormRules_noTenant());
    }
    return isTenant(() -> PrometheusTenant.of(value.strip(), "tenant"))
        ? Rule.OK
        : Rule.wrong(Messages.FormRules_tenantHeader());
  }

  private static boolean isTenant(Supplier<Map<String, String>> headers) {
    try {
      return !headers.get().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean empty(String value) {
    return value == null || value.isBlank();
  }

  static Rule certificate(String value) {
    if (value == null || value.isBlank()) {
      return Rule.OK;
    }
    try {
      boolean some =
          !CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(value.getBytes(StandardCharsets.US_ASCII)))
              .isEmpty();
      return some ? Rule.OK : Rule.wrong(Messages.FormRules_certificate());
    } catch (CertificateException e) {
      return Rule.wrong(Messages.FormRules_certificate());
    }
  }

  static Rule number(String value, int least) {
    try {
      return value != null && Integer.parseInt(value.strip()) >= least
          ? Rule.OK
          : Rule.wrong(Messages.FormRules_number(least));
    } catch (NumberFormatException e) {
      return Rule.wrong(Messages.FormRules_number(least));
    }
  }
}
