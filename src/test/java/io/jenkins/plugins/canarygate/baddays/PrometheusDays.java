package io.jenkins.plugins.canarygate.baddays;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What can be wrong with Prometheus, the login and what is asked of it. */
final class PrometheusDays {
  private static final String GATE = Gates.prometheus("query: sum(up)");
  private static final String NO_DATA =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}";
  private static final String SEVERAL =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
          + "{\"metric\":{\"pod\":\"a\"},\"value\":[1,\"1\"]},"
          + "{\"metric\":{\"pod\":\"b\"},\"value\":[1,\"2\"]}]}}";
  private static final String RANGE =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}";
  private static final String PART =
      "{\"status\":\"success\",\"warnings\":[\"store a is away\"],\"data\":"
          + "{\"resultType\":\"scalar\",\"result\":[1,\"1\"]}}";
  private static final String PARSE =
      "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"1:4: parse error\"}";

  private PrometheusDays() {}

  static List<BadDay> all() {
    List<BadDay> days = new ArrayList<>();
    misuse(days);
    refused(days);
    noEvidence(days);
    return days;
  }

  private static void misuse(List<BadDay> days) {
    misuse(
        days,
        "no address of Prometheus",
        place -> place.write("gate.yaml", GATE),
        "",
        "the gate asks Prometheus, and there is no address: set PROMETHEUS_URL, or give"
            + " --prometheus-url");
    misuse(
        days,
        "an address of Prometheus that is none",
        asks(GATE, "prometheus"),
        "",
        "PROMETHEUS_URL: Prometheus' address must be http or https, a host and nothing secret, as"
            + " https://prometheus.example:9090");
    misuse(
        days,
        "a token that would go unencrypted",
        asks(GATE, "http://prometheus.example:9090").andThen(p -> p.write("token", "abcdef")),
        " --prometheus-bearer-token-file FOLDER/token",
        "PROMETHEUS_URL: a token or password would go to NAME without encryption; give an address"
            + " that begins with https://");
    misuse(
        days,
        "a token file that is not there",
        asks(GATE, "https://prometheus.example"),
        " --prometheus-bearer-token-file FOLDER/token",
        "the Prometheus token file FILE cannot be read (NoSuchFileException); name one with"
            + " --prometheus-bearer-token-file");
    misuse(
        days,
        "half a login",
        asks(GATE, "https://prometheus.example"),
        " --prometheus-username ci",
        "Prometheus' login by name needs a name and a file with its password:"
            + " --prometheus-username and --prometheus-password-file");
    misuse(
        days,
        "a range longer than the window",
        asks(Gates.prometheus("query: 'sum(rate(x[10m]))'"), "http://127.0.0.1:1"),
        "",
        "must be at least 10m, for the query looks back so far; or write [${window}] there");
  }

  private static void refused(List<BadDay> days) {
    refused(
        days,
        "a query that is no PromQL",
        400,
        PARSE,
        "Prometheus refuses the query (400: 1:4: parse error); correct it, trying it in Prometheus'"
            + " own page");
    refused(
        days,
        "a query that gives a range",
        200,
        RANGE,
        "the query gives a range of samples, which is no number; put a function around it, as"
            + " rate(…) or avg_over_time(…)");
    everywhere(
        days,
        "a Prometheus that wants a login",
        401,
        "Prometheus does not accept who asks (401); give a token or a name and password that are"
            + " good there, and the tenant where it has several");
    everywhere(
        days,
        "an address that is not Prometheus'",
        404,
        "there is no Prometheus API at this address (404); give the address that /api/v1/query is"
            + " under, as http://prometheus:9090, or …/prometheus for Mimir");
    days.add(
        BadDay.of(
            "nobody listens where Prometheus should",
            asks(GATE, "http://" + Place.nobodyListens()),
            "plan FOLDER/gate.yaml",
            1,
            "ERROR    prometheus: server: Prometheus (SERVER) could not be reached; look at the"
                + " network and its proxies"));
  }

  private static void noEvidence(List<BadDay> days) {
    inconclusive(
        days, "a query that finds nothing", NO_DATA, "Prometheus has no data for the query");
    inconclusive(
        days,
        "a part of an answer",
        PART,
        "Prometheus' answer is only a part, which is no evidence: store a is away");
    inconclusive(
        days,
        "a query of several series",
        SEVERAL,
        "'query' gives 2 series where one is judged: {pod=\"a\"}, {pod=\"b\"}; put sum(…) or the"
            + " like around it");
  }

  private static void inconclusive(List<BadDay> days, String name, String body, String says) {
    days.add(BadDay.of(name, answers(200, body), "check FOLDER/gate.yaml", 11, says));
  }

  private static void misuse(
      List<BadDay> days, String name, Consumer<Place> happens, String flags, String says) {
    for (String command : List.of("run", "check", "plan")) {
      days.add(BadDay.of(name, happens, command + " FOLDER/gate.yaml" + flags, 2, says));
    }
  }

  private static void refused(
      List<BadDay> days, String name, int status, String body, String says) {
    String left = "checkout: ERROR, left: check 'error rate': " + says;
    days.add(BadDay.of(name, answers(status, body), "check FOLDER/gate.yaml", 1, says, left));
  }

  private static void everywhere(List<BadDay> days, String name, int status, String says) {
    refused(days, name, status, "", says);
    days.add(
        BadDay.of(
            name,
            answers(status, ""),
            "plan FOLDER/gate.yaml",
            1,
            says,
            "ERROR    prometheus: server: " + says));
  }

  private static Consumer<Place> asks(String gate, String url) {
    return place -> {
      place.write("gate.yaml", gate);
      place.env.put("PROMETHEUS_URL", url);
    };
  }

  /** A Prometheus that answers all questions alike; it ends with the day. */
  private static Consumer<Place> answers(int status, String body) {
    return place -> {
      try {
        HttpServer server =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
            "/",
            exchange -> {
              byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
              exchange.getResponseBody().write(bytes);
              exchange.close();
            });
        server.start();
        place.onClose(() -> server.stop(0));
        asks(GATE, "http://127.0.0.1:" + server.getAddress().getPort()).accept(place);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}
