package io.jenkins.plugins.canarygate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the gate server starts and stops. */
@Timeout(60)
class ServeCommandTest {
  @TempDir Path folder;
  private CommandBench bench;

  @BeforeEach
  void begin() {
    bench = new CommandBench(folder);
  }

  @AfterEach
  void end() {
    bench.close();
  }

  @Test
  void itAnswersProbesAndShowsMetricsAtItsOwnPortAlone() throws Exception {
    try (ServeBench serve = ServeBench.start(folder, bench.env)) {
      assertThat(serve.get(serve.gate + "/healthz").body()).isEqualTo("ok\n");
      assertThat(serve.get(serve.gate + "/healthz").statusCode()).isEqualTo(200);
      assertThat(serve.get(serve.gate + "/metrics").body())
          .contains(
              "canary_gate_http_requests_total{code=\"200\",path=\"/healthz\",port=\"gate\"} 2");
      assertThat(serve.get(serve.flagger + "/metrics").statusCode()).isEqualTo(404);
      assertThat(serve.get(serve.flagger + "/healthz").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void toldToStopItEndsWithExitCode0() throws Exception {
    ServeBench serve = ServeBench.start(folder, bench.env);

    assertThat(serve.terminate().get(20, TimeUnit.SECONDS)).isZero();
    assertThat(serve.awaitLine("stopped")).endsWith(" stopped");
  }

  @Test
  void allThatKeepsItFromStartingIsNamedAtOnce() throws Exception {
    bench.env.remove("KUBECONFIG");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();

      assertThat(
              bench.run(
                  "serve",
                  "--listen",
                  "nowhere",
                  "--flagger-listen",
                  address,
                  "--tls-cert",
                  folder.resolve("none.pem"),
                  "--tls-key",
                  folder.resolve("none.key"),
                  "--caller-rate",
                  0))
          .isEqualTo(2);
      assertThat(bench.err())
          .contains("--listen: 'nowhere' is no address to listen at; write :8080")
          .contains("--caller-rate 0: it must be from 1 to")
          .contains("there is no cluster to talk to")
          .contains("--tls-cert, --tls-key: ")
          .contains("none.pem cannot be read")
          .contains("--flagger-listen " + address + " cannot be had (Address already in use)");
    }
  }

  @Test
  void aCertificateWithoutItsKeyIsMisuse() {
    assertThat(bench.run("serve", "--listen", "127.0.0.1:0", "--tls-cert", folder.resolve("c")))
        .isEqualTo(2);
    assertThat(bench.err())
        .contains("--tls-cert and --tls-key belong together; give --tls-key too");
  }
}
