package io.jenkins.plugins.canarygate.evidence.prometheus;

import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusHttp.Bounds;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * The query API of Prometheus, and of Thanos, Cortex and Mimir, as far as gates use it. Calls
 * block; none is repeated, none follows an address that the server gave.
 */
public final class PrometheusClient {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration CALL = Duration.ofSeconds(30);
  private static final DateTimeFormatter PAGE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final PrometheusHttp http;
  private final boolean tenanted;

  /**
   * @param http connections; redirects are not followed whatever it says
   * @param address what {@code /api/v1/query} is under, without user, query and fragment
   * @param login who asks
   * @param tenant the headers that name the tenant, by {@link PrometheusTenant}
   * @param clock read for dates in {@code Retry-After} only
   * @throws IllegalArgumentException if the address is none, or a secret would go there without
   *     encryption
   */
  public PrometheusClient(
      OkHttpClient http,
      String address,
      PrometheusLogin login,
      Map<String, String> tenant,
      InstantSource clock) {
    this.http = new PrometheusHttp(http, address, login, tenant, clock);
    this.tenanted = !tenant.isEmpty();
  }

  /** Connections of its own, that keep no process alive, with 10 s to connect and 30 s a call. */
  public static OkHttpClient connections() {
    return connections(CONNECT, CALL);
  }

  /**
   * Connections of its own, that keep no process alive.
   *
   * @param connect the longest that connecting may take
   * @param call the longest that a call may take in all
   */
  public static OkHttpClient connections(Duration connect, Duration call) {
    return new OkHttpClient.Builder()
        .connectTimeout(connect)
        .readTimeout(call)
        .writeTimeout(call)
        .callTimeout(call)
        .connectionPool(new ConnectionPool(4, 30, TimeUnit.SECONDS))
        .followRedirects(false)
        .followSslRedirects(false)
        .build();
  }

  HttpUrl base() {
    return http.base();
  }

  /** What an expression gives at one moment. */
  QueryAnswer query(String expression, Instant at) throws PrometheusException {
    Map<String, String> form = form(expression, "25s");
    form.put("time", seconds(at));
    return QueryAnswer.of(http.ask("query", form, Bounds.OF_A_VALUE));
  }

  /** What an expression gives at each moment of a grid. Tighter bounds: it is for a plot only. */
  RangeAnswer range(String expression, Grid grid) throws PrometheusException {
    Map<String, String> form = form(expression, "8s");
    form.put("start", seconds(grid.from()));
    form.put("end", seconds(grid.to()));
    form.put("step", Long.toString(grid.stepSeconds()));
    return RangeAnswer.of(http.ask("query_range", form, Bounds.OF_A_PLOT), grid);
  }

  private static Map<String, String> form(String expression, String timeout) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("query", expression);
    form.put("timeout", timeout);
    // Thanos: an error is better than a part. The others pass over it.
    form.put("partial_response", "false");
    return form;
  }

  private static String seconds(Instant at) {
    return BigDecimal.valueOf(at.toEpochMilli(), 3).toPlainString();
  }

  /**
   * The page that plots an expression over a window. None where there are tenants: no page of
   * theirs is under the same address.
   */
  Optional<String> page(String expression, Window window) {
    if (tenanted) {
      return Optional.empty();
    }
    return Optional.of(
        http.base()
            .newBuilder()
            .addPathSegment("graph")
            .addQueryParameter("g0.expr", expression)
            .addQueryParameter("g0.tab", "0")
            .addQueryParameter("g0.range_input", Promql.text(window.length()))
            .addQueryParameter("g0.end_input", PAGE.format(window.to()))
            .build()
            .toString());
  }

  @Override
  public String toString() {
    return "Prometheus at " + http.base().host();
  }
}
