package io.jenkins.plugins.canarygate.evidence.prometheus;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.canarygate.evidence.BoundedBody;
import io.jenkins.plugins.canarygate.evidence.NetworkTrouble;
import io.jenkins.plugins.canarygate.evidence.RetryAfter;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** One exchange with Prometheus' API: the login goes to its own address only, JSON comes back. */
final class PrometheusHttp {
  private static final String LOOPBACK = "localhost|127(\\.\\d{1,3}){3}|::1";
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /**
   * How much is borne for an answer.
   *
   * @param megabytes the longest that it may be
   * @param time the longest that it may take; empty for what the connections say
   */
  record Bounds(long megabytes, Optional<Duration> time) {
    static final Bounds OF_A_VALUE = new Bounds(5, Optional.empty());
    static final Bounds OF_A_PLOT = new Bounds(1, Optional.of(Duration.ofSeconds(10)));

    long bytes() {
      return megabytes * 1024 * 1024;
    }
  }

  private final OkHttpClient http;
  private final HttpUrl base;
  private final PrometheusLogin login;
  private final Map<String, String> tenant;
  private final InstantSource clock;
  private volatile boolean get;

  PrometheusHttp(
      OkHttpClient http,
      String base,
      PrometheusLogin login,
      Map<String, String> tenant,
      InstantSource clock) {
    this.http = http.newBuilder().followRedirects(false).followSslRedirects(false).build();
    this.base = address(base);
    this.login = login;
    this.tenant = Map.copyOf(tenant);
    this.clock = clock;
    if (login.hasSecret() && !this.base.isHttps() && !this.base.host().matches(LOOPBACK)) {
      throw new IllegalArgumentException(
          "a token or password would go to "
              + this.base.host()
              + " without encryption; give an address that begins with https://");
    }
  }

  private static HttpUrl address(String text) {
    HttpUrl url = HttpUrl.parse(text.strip());
    if (url == null
        || !url.username().isEmpty()
        || !url.password().isEmpty()
        || url.query() != null
        || url.fragment() != null) {
      throw new IllegalArgumentException(
          "Prometheus' address must be http or https, a host and nothing secret, as"
              + " https://prometheus.example:9090");
    }
    return url;
  }

  HttpUrl base() {
    return base;
  }

  /** Posts a form to {@code /api/v1/NAME}; by GET where the server knows no POST. */
  JsonNode ask(String name, Map<String, String> form, Bounds bounds) throws PrometheusException {
    PrometheusLogin.Shown who = login.now();
    if (!get) {
      Optional<JsonNode> answer = send(request(name, form, false, who), who, bounds, true);
      if (answer.isPresent()) {
        return answer.get();
      }
      get = true;
    }
    return send(request(name, form, true, who), who, bounds, false).orElseThrow();
  }

  private Request request(
      String name, Map<String, String> form, boolean byGet, PrometheusLogin.Shown who) {
    HttpUrl.Builder url =
        base.newBuilder().addPathSegment("api").addPathSegment("v1").addPathSegment(name);
    Request.Builder request = new Request.Builder().header("Accept", "application/json");
    if (byGet) {
      form.forEach(url::addQueryParameter);
    } else {
      FormBody.Builder body = new FormBody.Builder();
      form.forEach(body::add);
      request.post(body.build());
    }
    tenant.forEach(request::header);
    who.header().ifPresent(value -> request.header("Authorization", value));
    return request.url(url.build()).build();
  }

  /** Empty where POST is not allowed. */
  private Optional<JsonNode> send(
      Request request, PrometheusLogin.Shown who, Bounds bounds, boolean tryingPost)
      throws PrometheusException {
    Call call = http.newCall(request);
    bounds.time().ifPresent(time -> call.timeout().timeout(time.toMillis(), MILLISECONDS));
    try (Response response = call.execute()) {
      return tryingPost && response.code() == 405
          ? Optional.empty()
          : Optional.of(read(response, who, bounds));
    } catch (IOException e) {
      throw unreachable(e);
    } catch (Exception e) {
      // Kotlin declares no checked exceptions: an interrupt while connecting comes as it is.
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        throw new PrometheusException(Kind.BROKEN_OFF, "interrupted while asking Prometheus");
      }
      throw e;
    }
  }

  private JsonNode read(Response response, PrometheusLogin.Shown who, Bounds bounds)
      throws IOException, PrometheusException {
    String text =
        BoundedBody.read(response.body(), bounds.bytes())
            .orElseThrow(
                () ->
                    new PrometheusException(
                        Kind.NOT_UNDERSTOOD,
                        "Prometheus' answer is larger than "
                            + bounds.megabytes()
                            + " MB; let the query give few series, as by sum(…)"));
    // A server that repeats what it was sent must not make us repeat it.
    Optional<JsonNode> json = parse(who.hide(text));
    boolean success = json.map(body -> body.path("status").asText("")).orElse("").equals("success");
    if (!response.isSuccessful() || json.filter(JsonNode::isObject).isPresent() && !success) {
      throw PrometheusProblems.of(
          response.code(),
          json.orElse(MissingNode.getInstance()),
          RetryAfter.of(response.headers(), clock.instant()));
    }
    return json.filter(JsonNode::isObject)
        .orElseThrow(
            () ->
                new PrometheusException(
                    Kind.NOT_UNDERSTOOD,
                    "Prometheus' answer is no JSON object; see whether a proxy or a wrong address"
                        + " answers in its place"));
  }

  private static Optional<JsonNode> parse(String text) {
    try {
      return Optional.ofNullable(MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private PrometheusException unreachable(IOException e) {
    NetworkTrouble trouble = NetworkTrouble.of(e);
    Kind kind =
        switch (trouble) {
          case NO_ANSWER_IN_TIME -> Kind.TIMEOUT;
          case NO_SUCH_NAME, NOT_REACHED, NOT_TRUSTED -> Kind.UNREACHABLE;
          case BROKEN_OFF -> Kind.BROKEN_OFF;
        };
    return new PrometheusException(kind, "Prometheus (" + base.host() + ") " + trouble.text());
  }
}
