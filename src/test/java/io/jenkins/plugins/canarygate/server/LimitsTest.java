package io.jenkins.plugins.canarygate.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.server.ServerBench.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What callers cannot do to the server, over real connections. */
@Timeout(60)
class LimitsTest {
  private static final String HEAD = "POST /ask HTTP/1.1\r\nHost: here\r\n";
  private ServerBench bench = ServerBench.of(question -> Reply.text(200, "yes"));

  @AfterEach
  void end() {
    bench.close();
  }

  private void instead(ServerBench other) {
    bench.close();
    bench = other;
  }

  private static String post(String body) {
    return HEAD + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  @Test
  void aRequestWithinTheLimitsIsAnsweredAndTheConnectionIsKept() throws Exception {
    try (Wire wire = bench.wire(Port.FLAGGER)) {
      assertThat(wire.send(post("a")).line()).isEqualTo("HTTP/1.1 200 OK");
    }
    try (Wire wire = bench.wire(Port.GATE)) {
      String both =
          wire.send(post("a"))
              .send(HEAD + "Connection: close\r\nContent-Length: 1\r\n\r\na")
              .rest();
      assertThat(both.split("HTTP/1.1 200 OK", -1)).hasSize(3);
      assertThat(both).doesNotContain("Server:").contains("no-store").contains("nosniff");
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
    try (Wire wire = bench.wire(Port.GATE)) {
      assertThat(wire.send(HEAD + "Content-Length: 1000000\r\n\r\n").rest())
          .startsWith("HTTP/1.1 413 ")
          .contains("larger than 1 KiB")
          .contains("Connection: close");
    }
    assertThat(bench.metrics())
        .contains("canary_gate_http_refused_total{limit=\"body\",port=\"gate\"} 1.0");
  }

  @Test
  void aBodyThatDoesNotSayHowLargeItIsIsReadNoFurtherThanTheLimit() throws Exception {
    String chunk = "200\r\n" + "x".repeat(0x200) + "\r\n";
    try (Wire wire = bench.wire(Port.GATE)) {
      assertThat(
              wire.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk + chunk).rest())
          .startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void onFlaggersPortWhatIsTooLargeIsANoWithAReason() throws Exception {
    try (Wire wire = bench.wire(Port.FLAGGER)) {
      assertThat(wire.send(HEAD + "Content-Length: 1000000\r\n\r\n").rest())
          .startsWith("HTTP/1.1 403 ")
          .contains("larger than 1 KiB");
    }
  }

  @Test
  void headersThatAreTooLargeAreRefused() throws Exception {
    try (Wire wire = bench.wire(Port.GATE)) {
      assertThat(wire.send(HEAD + "X: " + "x".repeat(4096) + "\r\n\r\n").rest())
          .startsWith("HTTP/1.1 431 ")
          .endsWith("Request Header Fields Too Large\n")
          .doesNotContain("<html");
    }
  }

  @Test
  void whatIsNoHttpIsRefusedInALine() throws Exception {
    try (Wire wire = bench.wire(Port.FLAGGER)) {
      assertThat(wire.send("\u0001\u0002\u0003\r\n\r\n").rest())
          .startsWith("HTTP/1.1 400 ")
          .doesNotContain("<html");
    }
  }

  @Test
  void aClientThatSendsItsHeadersByteByByteIsCutOff() throws Exception {
    try (Wire wire = bench.wire(Port.GATE)) {
      wire.send("GET /healthz HTTP/1.1\r\nHost: here\r\nX: ");
      assertThat(wire.dripUntilClosed(Duration.ofSeconds(15))).isTrue();
    }
    assertThat(bench.metrics())
        .contains("canary_gate_http_refused_total{limit=\"slow head\",port=\"gate\"} 1.0");
  }

  @Test
  void aKeptConnectionWhoseNextRequestNeverEndsIsCutOffToo() throws Exception {
    try (Wire wire = bench.wire(Port.GATE)) {
      assertThat(wire.send(post("a")).line()).isEqualTo("HTTP/1.1 200 OK");
      wire.send(HEAD + "X: ");
      assertThat(wire.dripUntilClosed(Duration.ofSeconds(15))).isTrue();
    }
  }

  @Test
  void aConnectionThatSendsNothingIsCutOff() throws Exception {
    try (Wire wire = bench.wire(Port.FLAGGER)) {
      assertThat(wire.rest()).isEmpty();
    }
  }

  @Test
  void aBodyThatDripsIsGivenUp() throws Exception {
    try (Wire wire = bench.wire(Port.GATE)) {
      wire.send(HEAD + "Content-Length: 900\r\n\r\n");
      assertThat(wire.line()).isEqualTo("HTTP/1.1 408 Request Timeout");
    }
    try (Wire wire = bench.wire(Port.FLAGGER)) {
      wire.send(HEAD + "Content-Length: 900\r\n\r\n");
      assertThat(wire.line()).isEqualTo("HTTP/1.1 403 Forbidden");
    }
    try (Wire wire = bench.wire(Port.GATE)) {
      wire.send(HEAD + "Content-Length: 900\r\n\r\n");
      assertThat(wire.dripUntilClosed(Duration.ofSeconds(15))).isTrue();
    }
    assertThat(bench.metrics())
        .contains("canary_gate_http_refused_total{limit=\"slow body\",port=\"gate\"} 2.0");
  }

  @Test
  void aCallerThatAsksTooOftenIsToldWhenToComeAgainAndProbesAreStillAnswered() throws Exception {
    instead(
        new ServerBench(
            tight ->
                new Limits(
                    tight.bodyBytes(),
                    tight.headBytes(),
                    tight.headTime(),
                    tight.bodyTime(),
                    tight.idle(),
                    tight.connections(),
                    1,
                    2,
                    tight.threads(),
                    tight.waiting()),
            Optional.empty(),
            question -> Reply.text(200, "yes")));
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      try (Wire wire = bench.wire(Port.FLAGGER)) {
        answers.add(wire.send(post("a")).line());
      }
    }
    assertThat(answers).contains("HTTP/1.1 200 OK", "HTTP/1.1 429 Too Many Requests");
    try (Wire wire = bench.wire(Port.FLAGGER)) {
      assertThat(wire.send(post("a")).rest())
          .startsWith("HTTP/1.1 429 ")
          .contains("Retry-After: 1\r\n")
          .contains("more than 1 requests a second from one address");
    }
    for (int i = 0; i < 6; i++) {
      try (Wire wire = bench.wire(Port.GATE)) {
        assertThat(wire.send("GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n").line())
            .isEqualTo("HTTP/1.1 200 OK");
      }
    }
  }

  @Test
  void moreConnectionsThanThereMayBeWaitUntilOneIsClosed() throws Exception {
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < ServerBench.TIGHT.connections(); i++) {
      Wire wire = bench.wire(Port.GATE);
      assertThat(wire.send(post("a")).line()).isEqualTo("HTTP/1.1 200 OK");
      wires.add(wire);
    }
    try (Wire late = bench.wire(Port.GATE)) {
      late.send(post("a"));
      assertThat(bench.metrics()).contains("canary_gate_http_connections{port=\"gate\"} 16.0");
      wires.get(0).close();
      assertThat(late.line()).isEqualTo("HTTP/1.1 200 OK");
    }
    for (Wire wire : wires) {
      wire.close();
    }
  }

  @Test
  void whenAllThreadsAndPlacesAreTakenOneMoreIsToldSoAndTheProbesAndTheOtherPortGoOn()
      throws Exception {
    CountDownLatch asked = new CountDownLatch(2);
    CountDownLatch free = new CountDownLatch(1);
    instead(
        ServerBench.of(
            question -> {
              asked.countDown();
              await(free);
              return Reply.text(200, "yes");
            }));
    List<Wire> busy = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      busy.add(bench.wire(Port.GATE).send(post("a")));
    }
    await(asked);
    // Of those that follow two wait for a thread, and the rest find no place.
    List<CompletableFuture<String>> more = new ArrayList<>();
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Wire wire = bench.wire(Port.GATE).send(post("a"));
      wires.add(wire);
      more.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return wire.line();
                } catch (java.io.IOException e) {
                  return e.toString();
                }
              },
              task -> new Thread(task).start()));
    }
    CompletableFuture.anyOf(more.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
    try (Wire wire = bench.wire(Port.GATE)) {
      assertThat(wire.send("GET /readyz HTTP/1.1\r\nHost: here\r\n\r\n").line())
          .isEqualTo("HTTP/1.1 200 OK");
    }
    free.countDown();
    CompletableFuture.allOf(more.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
    List<String> answers = more.stream().map(CompletableFuture::join).toList();
    assertThat(answers).contains("HTTP/1.1 503 Service Unavailable").contains("HTTP/1.1 200 OK");
    for (Wire wire : busy) {
      assertThat(wire.line()).isEqualTo("HTTP/1.1 200 OK");
      wire.close();
    }
    for (Wire wire : wires) {
      wire.close();
    }
  }

  @Test
  void anEndpointThatBreaksIsSaidInTheLogAndNotToTheCaller() throws Exception {
    instead(
        ServerBench.of(
            question -> {
              throw new IllegalStateException("the inside");
            }));
    try (Wire wire = bench.wire(Port.GATE)) {
      assertThat(wire.send(HEAD + "Connection: close\r\nContent-Length: 0\r\n\r\n").rest())
          .startsWith("HTTP/1.1 500 ")
          .doesNotContain("inside");
    }
    try (Wire wire = bench.wire(Port.FLAGGER)) {
      assertThat(wire.send(post("")).line()).isEqualTo("HTTP/1.1 403 Forbidden");
    }
    assertThat(bench.said).anyMatch(line -> line.contains("the inside"));
  }

  @Test
  void whatIsAskedWhenItStopsIsAnsweredBeforeItCloses() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    instead(
        ServerBench.of(
            question -> {
              asked.countDown();
              await(free);
              return Reply.text(200, "yes");
            }));
    try (Wire wire = bench.wire(Port.FLAGGER)) {
      wire.send(post("a"));
      await(asked);
      CompletableFuture<Void> stopped =
          CompletableFuture.runAsync(bench.server::stop, task -> new Thread(task).start());
      awaitNotReady();
      free.countDown();
      String answer = wire.rest();
      assertThat(answer).startsWith("HTTP/1.1 200 OK").contains("Connection: close");
      stopped.get(20, TimeUnit.SECONDS);
    }
  }

  private void awaitNotReady() throws Exception {
    String line;
    do {
      try (Wire probe = bench.wire(Port.GATE)) {
        line = probe.send("GET /readyz HTTP/1.1\r\nHost: here\r\n\r\n").line();
      }
    } while (line.equals("HTTP/1.1 200 OK"));
    assertThat(line).isEqualTo("HTTP/1.1 503 Service Unavailable");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
