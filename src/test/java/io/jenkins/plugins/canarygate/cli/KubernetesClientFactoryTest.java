package io.jenkins.plugins.canarygate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.canarygate.frontend.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesClientFactoryTest {
  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      current-context: staging
      contexts:
      - {name: staging, context: {cluster: one, user: me, namespace: shop}}
      - {name: prod, context: {cluster: two, user: me}}
      clusters:
      - {name: one, cluster: {server: "http://127.0.0.1:%d"}}
      - {name: two, cluster: {server: "https://two.example"}}
      users:
      - {name: me, user: {token: very-secret-token}}
      """;

  @TempDir Path folder;
  private Path home;
  private Path file;
  private final Secrets secrets = new Secrets();

  @BeforeEach
  void writeKubeconfig() throws IOException {
    home = Files.createDirectories(folder.resolve("home"));
    file = Files.writeString(folder.resolve("config"), KUBECONFIG.formatted(1));
  }

  @Test
  void theFileOfTheFlagIsReadWithItsCurrentContext() {
    Config config = factory(Map.of()).config(Optional.of(file), Optional.empty());

    assertThat(config.getMasterUrl()).startsWith("http://127.0.0.1:1");
    assertThat(config.getCurrentContext().getName()).isEqualTo("staging");
  }

  @Test
  void anotherContextIsTakenIfItIsAskedFor() {
    Config config = factory(Map.of()).config(Optional.of(file), Optional.of("prod"));

    assertThat(config.getMasterUrl()).startsWith("https://two.example");
  }

  @Test
  void aContextThatIsNotThereIsRefusedAndTheKnownOnesAreNamed() {
    assertThatThrownBy(() -> factory(Map.of()).config(Optional.of(file), Optional.of("prd")))
        .isInstanceOf(Misuse.class)
        .hasMessage(
            "the kubeconfig has no context called prd; it has prod, staging; name one of them,"
                + " or another kubeconfig");
  }

  @Test
  void withoutAFlagTheVariableCountsAndThenTheUsualFile() throws IOException {
    assertThat(
            factory(Map.of("KUBECONFIG", file.toString()))
                .config(Optional.empty(), Optional.empty())
                .getCurrentContext()
                .getName())
        .isEqualTo("staging");

    Files.createDirectories(home.resolve(".kube"));
    Files.copy(file, home.resolve(".kube/config"));
    assertThat(factory(Map.of()).config(Optional.empty(), Optional.empty()).getMasterUrl())
        .startsWith("http://127.0.0.1:1");
  }

  @Test
  void withoutAnyClusterItIsSaidWhereOneWasLookedFor() {
    assertThatThrownBy(() -> factory(Map.of()).config(Optional.empty(), Optional.empty()))
        .isInstanceOf(Misuse.class)
        .hasMessageContaining("no --kubeconfig, no KUBECONFIG, no ~/.kube/config");
  }

  @Test
  void aKubeconfigThatIsMissingOrNoneIsRefused() throws IOException {
    Path none = Files.writeString(folder.resolve("none"), "}{");

    assertThatThrownBy(
            () ->
                factory(Map.of()).config(Optional.of(folder.resolve("missing")), Optional.empty()))
        .isInstanceOf(Misuse.class)
        .hasMessageContaining("missing cannot be read");
    assertThatThrownBy(() -> factory(Map.of()).config(Optional.of(none), Optional.empty()))
        .isInstanceOf(Misuse.class)
        .hasMessageContaining("is none");
  }

  @Test
  void nothingIsTriedAgainByTheClientAndNothingTakesForEver() {
    Config config = factory(Map.of()).config(Optional.of(file), Optional.empty());

    assertThat(config.getRequestRetryBackoffLimit()).isZero();
    assertThat(config.getConnectionTimeout()).isEqualTo(5_000);
    assertThat(config.getRequestTimeout()).isEqualTo(10_000);
  }

  @Test
  void theTokenIsHiddenFromThenOn() {
    factory(Map.of()).config(Optional.of(file), Optional.empty());

    assertThat(secrets.scrub("token very-secret-token")).isEqualTo("token ***");
  }

  @Test
  void aServerErrorIsAskedOnce() throws IOException {
    AtomicInteger asked = new AtomicInteger();

    assertThat(asking(503, asked).getCode()).isEqualTo(503);
    assertThat(asked).hasValue(1);
  }

  private KubernetesClientException asking(int status, AtomicInteger asked) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    try {
      return asking(server.getAddress().getPort());
    } finally {
      server.stop(0);
    }
  }

  private KubernetesClientException asking(int port) throws IOException {
    Files.writeString(file, KUBECONFIG.formatted(port));
    KubernetesClientFactory factory = factory(Map.of());
    Config config = factory.config(Optional.of(file), Optional.empty());
    try (KubernetesClient client = factory.client(config)) {
      client.pods().inNamespace("shop").withName("p").get();
      throw new AssertionError("it answered");
    } catch (KubernetesClientException e) {
      return e;
    }
  }

  private KubernetesClientFactory factory(Map<String, String> env) {
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
    Surroundings plain = Surroundings.of(nowhere, nowhere, env);
    return new KubernetesClientFactory(
        new Surroundings(
            nowhere,
            nowhere,
            env,
            plain.terminal(),
            plain.shutdown(),
            plain.clock(),
            home,
            "tester"),
        secrets,
        folder.resolve("no-service-account"));
  }
}
