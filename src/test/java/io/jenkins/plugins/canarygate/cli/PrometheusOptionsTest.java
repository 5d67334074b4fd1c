package io.jenkins.plugins.canarygate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusClient;
import io.jenkins.plugins.canarygate.frontend.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusOptionsTest {
  private static final String URL = "https://prometheus.example";
  private static final OkHttpClient HTTP = new OkHttpClient();
  @TempDir Path folder;
  private final Secrets secrets = new Secrets();

  private PrometheusClient client(PrometheusOptions options, Map<String, String> env) {
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
    return options.client(HTTP, Surroundings.of(nowhere, nowhere, env), secrets);
  }

  private PrometheusClient client(Path token, String user, Path password) {
    return client(new PrometheusOptions(URL, token, user, password), Map.of());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("secret"), text);
  }

  @Test
  void theFlagsAddressComesBeforeTheVariables() {
    Map<String, String> env = Map.of("PROMETHEUS_URL", "http://from-env:9090");
    assertThat(client(new PrometheusOptions(), env)).hasToString("Prometheus at from-env");
    assertThat(client(new PrometheusOptions(URL, null, null, null), env))
        .hasToString("Prometheus at prometheus.example");
  }

  @Test
  void withoutAnyAddressItIsSaidWhereOneCanBePut() {
    assertThatThrownBy(() -> client(new PrometheusOptions(), Map.of()))
        .isInstanceOf(Misuse.class)
        .hasMessageContaining("PROMETHEUS_URL")
        .hasMessageContaining("--prometheus-url");
  }

  @Test
  void aSecretIsReadAndHiddenAtOnce() throws IOException {
    client(file("planted-token-1\n"), null, null);
    assertThat(secrets.scrub("planted-token-1")).isEqualTo("***");
  }

  @Test
  void theEnvironmentNamesFilesToo() throws IOException {
    client(
        new PrometheusOptions(),
        Map.of(
            "PROMETHEUS_URL",
            URL,
            "PROMETHEUS_USERNAME",
            "ci",
            "PROMETHEUS_PASSWORD_FILE",
            file("planted-password").toString()));
    assertThat(secrets.scrub("planted-password")).isEqualTo("***");
  }

  @Test
  void oneWayToLogInIsEnoughAndAHalfIsNone() throws IOException {
    Path secret = file("planted-secret");
    assertThatThrownBy(() -> client(secret, "ci", secret))
        .isInstanceOf(Misuse.class)
        .hasMessageContaining("both");
    assertThatThrownBy(() -> client(null, "ci", null))
        .isInstanceOf(Misuse.class)
        .hasMessageContaining("--prometheus-password-file");
    assertThatThrownBy(() -> client(null, null, secret))
        .isInstanceOf(Misuse.class)
        .hasMessageContaining("--prometheus-username");
    assertThatThrownBy(() -> client(null, "c:i", secret))
        .isInstanceOf(Misuse.class)
        .hasMessageStartingWith("--prometheus-username: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "planted\nsecret"})
  void aFileThatHoldsNoSecretOrMoreThanOneIsRefusedWithoutQuotingIt(String text)
      throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> client(file, null, null))
        .isInstanceOf(Misuse.class)
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("planted");
  }

  @Test
  void aFileThatIsNotThereOrTooLargeIsRefused() throws IOException {
    assertThatThrownBy(() -> client(folder.resolve("none"), null, null))
        .isInstanceOf(Misuse.class)
        .hasMessageContaining("--prometheus-bearer-token-file");
    Path large = file("planted".repeat(5000));
    assertThatThrownBy(() -> client(large, null, null))
        .isInstanceOf(Misuse.class)
        .hasMessageContaining("too large")
        .hasMessageNotContaining("planted");
  }

  @Test
  void aSecretIsNotSentAnywhereInPlainHttp() throws IOException {
    Path secret = file("planted-secret");
    PrometheusOptions plain = new PrometheusOptions("http://prometheus:9090", secret, null, null);
    assertThatThrownBy(() -> client(plain, Map.of()))
        .isInstanceOf(Misuse.class)
        .hasMessageStartingWith("--prometheus-url: ")
        .hasMessageContaining("without encryption");
  }

  @Test
  void aTenantsHeaderNeedsATenant() {
    PrometheusOptions options = new PrometheusOptions(URL, null, null, null);
    assertThatThrownBy(() -> client(options.tenant("X-Team", null), Map.of()))
        .isInstanceOf(Misuse.class)
        .hasMessageContaining("--prometheus-tenant");
    assertThatThrownBy(() -> client(options.tenant("Authorization", "a"), Map.of()))
        .isInstanceOf(Misuse.class);
    assertThat(client(options.tenant(null, null), Map.of("PROMETHEUS_TENANT", "a"))).isNotNull();
  }
}
