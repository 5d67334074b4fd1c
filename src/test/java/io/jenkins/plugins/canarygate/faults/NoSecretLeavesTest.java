package io.jenkins.plugins.canarygate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.cli.Shutdown;
import io.jenkins.plugins.canarygate.sandbox.Sandbox;
import io.jenkins.plugins.canarygate.sandbox.SandboxKeptn;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promise 6: whatever a command is given, and however it ends, no secret leaves it. */
@DisplayName("promise 6: no secret leaves")
@Timeout(120)
class NoSecretLeavesTest {
  private static final String IMAGE = "registry.example/checkout:2";
  @TempDir Path folder;
  private final ScheduledExecutorService later = Executors.newScheduledThreadPool(1);
  private final ByteArrayOutputStream stray = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  @BeforeEach
  void begin() {
    PrintStream both = new PrintStream(stray, true, StandardCharsets.UTF_8);
    System.setOut(both);
    System.setErr(both);
  }

  @AfterEach
  void end() {
    System.setOut(out);
    System.setErr(err);
    later.shutdownNow();
    assertThat(stray.toString(StandardCharsets.UTF_8)).doesNotContain(Planted.MARK);
  }

  // ---- the search itself ----

  @Test
  void theSearchFindsEveryFormOfAPlantedValue() throws IOException {
    SecretBench bench = new SecretBench(folder);
    String basic =
        Base64.getEncoder()
            .encodeToString(("ci:" + bench.password).getBytes(StandardCharsets.UTF_8));
    Files.writeString(bench.left("a.txt"), "x" + bench.key + "y");
    Files.writeString(bench.left("b.txt"), "Authorization: Basic " + basic);
    Files.writeString(bench.left("c-" + bench.token), "");

    assertThat(bench.leaks())
        .hasSize(3)
        .anyMatch(leak -> leak.equals("honeycomb, as it is in a.txt"))
        .anyMatch(leak -> leak.startsWith("password, in Base64") && leak.endsWith("b.txt"))
        .anyMatch(leak -> leak.startsWith("token, as it is in the name"));
    assertThat(bench.leaks().toString()).doesNotContain(bench.key, bench.password);
  }

  @Test
  void whatIsPlantedIsReallySent() {
    SecretBench bench = new SecretBench(folder);
    try (EchoServer echo = new EchoServer(EchoServer.Manner.SERVER_ERROR)) {
      bench.clusterWithPassword(echo.url());
      bench.env.put("HONEYCOMB_API_URL", echo.url());
      bench.run("plan", gate(bench, ""));
      bench.run(
          Shutdown.NEVER,
          words("check", prometheusGate(bench), bench.prometheus(echo.url(), false)));
      assertThat(bench.planted.in("a request", String.join("\n", echo.echoed())))
          .anyMatch(found -> found.startsWith("name and password, in Base64"))
          .anyMatch(found -> found.startsWith("honeycomb, as it is"))
          .anyMatch(found -> found.startsWith("token, as it is"));
    }
  }

  // ---- servers that say back what they were told ----

  @Test
  void noAnswerThatEchoesTheHeadersGetsThemOut() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(16);
    List<Future<List<String>>> all = new ArrayList<>();
    try {
      for (EchoServer.Manner manner : EchoServer.Manner.values()) {
        for (boolean withPassword : new boolean[] {false, true}) {
          Callable<List<String>> task =
              () -> echoed(manner, withPassword, folder.resolve(manner + "-" + withPassword));
          all.add(pool.submit(task));
        }
      }
      List<String> leaks = new ArrayList<>();
      for (Future<List<String>> one : all) {
        leaks.addAll(one.get());
      }
      assertThat(leaks).isEmpty();
    } finally {
      pool.shutdownNow();
    }
  }

  /** Every command against such servers: where it may leak, and how. */
  private List<String> echoed(EchoServer.Manner manner, boolean withPassword, Path to) {
    SecretBench bench = new SecretBench(to);
    try (EchoServer elsewhere = new EchoServer(EchoServer.Manner.JSON);
        EchoServer echo = new EchoServer(manner, elsewhere)) {
      if (withPassword) {
        bench.clusterWithPassword(echo.url());
      } else {
        bench.cluster(echo.url(), bench.token);
      }
      bench.env.put("HONEYCOMB_API_URL", echo.url());
      Path gate = gate(bench, "");
      Path analysis = analysisGate(bench);
      bench.run("run", gate, "--report", bench.left("r"), "--session", bench.left("s"));
      bench.run("run", analysis, "--report", bench.left("ra"), "--session", bench.left("sa"));
      bench.run("check", gate, "--output", "json");
      bench.run("check", analysis, "--output", "json", "--report", bench.left("rc"));
      bench.run("plan", gate);
      List<String> login = bench.prometheus(echo.url(), withPassword);
      Path prometheus = prometheusGate(bench);
      bench.run(Shutdown.NEVER, words("check", prometheus, login));
      bench.run(Shutdown.NEVER, words("plan", prometheus, login));
      for (String command : List.of("promote", "abort", "retry")) {
        bench.run(command, gate, "--reason", "why not", "--report", bench.left(command));
      }
      List<String> leaks = new ArrayList<>();
      bench.leaks().forEach(leak -> leaks.add(manner + ": " + leak));
      bench
          .planted
          .in("a request to another host", String.join("\n", elsewhere.echoed()))
          .forEach(leak -> leaks.add(manner + ": " + leak));
      assertThat(echo.echoed()).isNotEmpty();
      return leaks;
    }
  }

  private static Object[] words(String command, Path gate, List<String> flags) {
    List<Object> words = new ArrayList<>(List.of(command, gate));
    words.addAll(flags);
    return words.toArray();
  }

  // ---- every ending ----

  @ParameterizedTest(name = "{0} exits with {1} and leaves no secret")
  @CsvSource({
    "PASS, 0",
    "FAIL, 10",
    "INCONCLUSIVE, 11",
    "TIMEOUT, 12",
    "SUPERSEDED, 13",
    "CANCELLED, 14",
    "NOT_GATED, 15",
    "ERROR_401, 1",
    "ERROR_403, 1"
  })
  void everyEnding(String ending, int exitCode) {
    SecretBench bench = new SecretBench(folder);
    try (Sandbox sandbox = new Sandbox(InstantSource.system())) {
      later.scheduleWithFixedDelay(sandbox.cluster()::tick, 100, 100, TimeUnit.MILLISECONDS);
      boolean expired = ending.equals("ERROR_401");
      if (!expired) {
        bench.planted.plant("token of the sandbox", sandbox.cluster().token());
      }
      bench.cluster(sandbox.cluster().url(), expired ? bench.token : sandbox.cluster().token());
      sandbox
          .honeycomb()
          .key(bench.key, Set.of("queries", "columns", "markers", "slos", "triggers"));
      bench.env.put("HONEYCOMB_API_URL", sandbox.honeycomb().url());
      double errors = ending.equals("FAIL") ? 0.05 : 0.001;
      SandboxRollout rollout =
          sandbox.waiting("shop", "checkout", Instant.now().minusSeconds(900), 0.001, errors);
      Shutdown shutdown = Shutdown.NEVER;
      String more = "";
      switch (ending) {
        case "INCONCLUSIVE" -> more = "    minimumSamples: 1000000\n";
        case "TIMEOUT" -> rollout.pauseByPerson().deploy("registry.example/checkout:3");
        case "SUPERSEDED" -> {
          more = "    initialDelay: 3s\n";
          later.schedule(
              () -> rollout.deploy("registry.example/checkout:3"), 1500, TimeUnit.MILLISECONDS);
        }
        case "CANCELLED" -> {
          more = "    initialDelay: 3s\n";
          shutdown = stopsAfterASecond();
        }
        case "NOT_GATED" -> rollout.promoteFullyByPerson();
        case "ERROR_403" -> sandbox.cluster().rights().none();
        default -> {
          // Nothing is in the way.
        }
      }

      int code =
          bench.run(
              shutdown,
              "run",
              gate(bench, more, ending.equals("TIMEOUT") ? "4s" : "60s"),
              "--report",
              bench.left("report"),
              "--session",
              bench.left("session"));

      assertThat(code).as(bench.said()).isEqualTo(exitCode);
      assertThat(bench.left("report").resolve("report.json")).exists();
      bench.nothingLeft();
    }
  }

  private Shutdown stopsAfterASecond() {
    return new Shutdown() {
      @Override
      public Registration onStop(Runnable task) {
        Thread stop = new Thread(task, "stop");
        later.schedule(stop::start, 1, TimeUnit.SECONDS);
        return () -> {};
      }

      @Override
      public void halt(int exitCode) {
        // The test goes on.
      }
    };
  }

  // ---- secrets where they do not belong ----

  @Test
  void aKeyInTheGateFileIsRefusedWithoutBeingQuoted() {
    SecretBench bench = new SecretBench(folder);
    String valid = gateText("");
    List<String> texts =
        List.of(
            valid + "  honeycomb: {key: " + bench.key + "}\n",
            valid + "  honeycomb: {environment: {" + bench.key + ": 1}}\n",
            valid + "  honeycomb: {key: '" + bench.key + "\n",
            valid + "  honeycomb: {key: " + bench.key,
            valid + "\t" + bench.key + ": [\n",
            valid.replace("total: 4s", "total: " + bench.key),
            bench.key);
    for (String text : texts) {
      assertThat(bench.run("run", bench.given("gate.yaml", text))).isEqualTo(2);
    }
    bench.nothingLeft();
  }

  @Test
  void aKeyAmongTheFlagsIsRefusedWithoutBeingQuoted() {
    SecretBench bench = new SecretBench(folder);
    Path gate = gate(bench, "");
    assertThat(bench.run("run", gate, "--set", "apikey=" + bench.key)).isEqualTo(2);
    assertThat(bench.run("run", gate, "--set", bench.key)).isEqualTo(2);
    assertThat(bench.run("run", gate, "--honeycomb-key=" + bench.key)).isEqualTo(2);
    assertThat(bench.run("run", gate, "--honeycomb-region", bench.key)).isEqualTo(2);
    assertThat(bench.run("run", gate, bench.key)).isEqualTo(2);
    bench.nothingLeft();
  }

  @Test
  void aKeyInWhatIsNoSessionFileIsNotQuoted() {
    SecretBench bench = new SecretBench(folder);
    bench.cluster("http://127.0.0.1:1", bench.token);
    for (String text :
        List.of(
            bench.token,
            "{\"version\": \"" + bench.key + "\"}",
            "{\"version\": 1, \"id\": {\"" + bench.key + "\": \"" + bench.token + "\"}",
            "{\"version\": 99, \"gate\": \"" + bench.key + "\"}")) {
      Path session = bench.given("session", text);
      assertThat(bench.run("run", gate(bench, ""), "--session", session)).isNotZero();
    }
    bench.nothingLeft();
  }

  @Test
  void aSecretInAnAddressIsNotRepeated() {
    SecretBench bench = new SecretBench(folder);
    Path gate = gate(bench, "");
    bench.env.put("HONEYCOMB_API_URL", "http://ci:" + bench.password + "@127.0.0.1:1");
    bench.cluster("http://ci:" + bench.password + "@127.0.0.1:1", bench.token);
    assertThat(bench.run("check", gate)).isEqualTo(2);
    bench.env.put("HONEYCOMB_API_URL", "http://127.0.0.1:1");
    bench.prometheus("http://prom:" + bench.password + "@127.0.0.1:1", true);
    assertThat(bench.run("check", prometheusGate(bench))).isEqualTo(2);
    for (String command : List.of("run", "plan")) {
      assertThat(bench.run(command, gate)).isNotZero();
    }
    assertThat(bench.run("run", gate, "--report", bench.left("r"), "--session", bench.left("s")))
        .isNotZero();
    bench.nothingLeft();
  }

  @Test
  void aPasswordInWhatKeptnSaysOfItsSourceIsNotRepeated() {
    SecretBench bench = new SecretBench(folder);
    try (Sandbox sandbox = new Sandbox(InstantSource.system())) {
      bench.cluster(sandbox.cluster().url(), sandbox.cluster().token());
      String said = "Get \"http://ci:" + bench.password + "@prometheus:9090/api\": no such host";
      sandbox.cluster().keptn().answers().failure("up", said);
      sandbox
          .cluster()
          .keptn("v1")
          .provider("prometheus", "prometheus")
          .template("up", "prometheus", "up")
          .definition("checkout", 90, 60, SandboxKeptn.objective("up", "1", "1"))
          .metric("up", "prometheus", "up", 60);
      for (String keptn :
          List.of(
              "{analysis: {namespace: shop, definition: checkout, recent: 1s}, timeout: 1s}",
              "{metric: {namespace: shop, name: up}}\n    fail: '> 1'")) {
        Path gate =
            bench.given(
                "keptn.yaml",
                """
                apiVersion: canary-gate/v1
                kind: Gate
                metadata: {name: checkout}
                spec:
                  rollout: {argo: {namespace: shop, name: checkout}, revision: any}
                  checks:
                  - name: keptn
                    consecutiveErrorLimit: 0
                    keptn: %s
                """
                    .formatted(keptn));
        assertThat(bench.run("check", gate, "--report", bench.left("keptn"))).isEqualTo(11);
        bench.run("plan", gate);
      }
      assertThat(bench.said()).contains("no such host");
      bench.nothingLeft();
    }
  }

  @Test
  void aBrokenKubeconfigIsNotQuoted() {
    SecretBench bench = new SecretBench(folder);
    Path gate = gate(bench, "");
    for (String text :
        List.of(
            bench.token,
            "users: [{name: a, user: {token: " + bench.token,
            "users: {token: " + bench.token + "}\nclusters: 1\n",
            "current-context: " + bench.token + "\n\tusers: []\n")) {
      bench.env.put("KUBECONFIG", bench.given("config", text).toString());
      assertThat(bench.run("run", gate)).isNotZero();
      assertThat(bench.run("plan", gate)).isNotZero();
    }
    bench.nothingLeft();
  }

  @Test
  void theReportsOfTheTestsThemselvesHoldNone() throws IOException {
    Path reports = Path.of("target", "surefire-reports");
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.isDirectory(reports), "no reports of earlier tests are there");
    try (var files = Files.walk(reports)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        // Said without the text, which would itself become part of a report.
        assertThat(text.contains(Planted.MARK)).as(file.getFileName().toString()).isFalse();
      }
    }
  }

  // ---- gate files ----

  private static Path gate(SecretBench bench, String moreOfTheCheck) {
    return bench.given("gate.yaml", gateText(moreOfTheCheck));
  }

  private static Path gate(SecretBench bench, String moreOfTheCheck, String total) {
    String text = gateText(moreOfTheCheck);
    return bench.given(
        "gate.yaml", text.replace("start: 2s, total: 4s", "start: 4s, total: " + total));
  }

  private static String gateText(String moreOfTheCheck) {
    return """
        apiVersion: canary-gate/v1
        kind: Gate
        metadata: {name: checkout}
        spec:
          rollout:
            argo: {namespace: shop, name: checkout}
            revision: {image: "%s"}
          timeouts: {start: 2s, total: 4s}
          cohorts:
            canary: {honeycomb: [{column: k8s.replicaset.name, op: "=", value: "checkout-${rollout.canary}"}]}
          checks:
          - name: error rate
            honeycomb:
              dataset: checkout
              query: {calculations: [{op: AVG, column: error}]}
            fail: "> 1%%"
            window: 5m
        """
            .formatted(IMAGE)
        + moreOfTheCheck;
  }

  private static Path prometheusGate(SecretBench bench) {
    return bench.given(
        "prometheus.yaml",
        """
        apiVersion: canary-gate/v1
        kind: Gate
        metadata: {name: checkout}
        spec:
          rollout:
            argo: {namespace: shop, name: checkout}
            revision: any
          timeouts: {start: 2s, total: 3s}
          checks:
          - name: errors
            prometheus: {query: sum(up)}
            fail: "> 1"
        """);
  }

  private static Path analysisGate(SecretBench bench) {
    return bench.given(
        "analysis.yaml",
        """
        apiVersion: canary-gate/v1
        kind: Gate
        metadata: {name: checkout}
        spec:
          rollout:
            argo: {namespace: shop, name: checkout}
            revision: any
          timeouts: {start: 2s, total: 3s}
          honeycomb: {marker: {dataset: checkout}}
          checks:
          - name: argo agrees
            argo: {analysisRuns: required}
        """);
  }
}
