package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.canarygate.evidence.BoundedBody;
import io.jenkins.plugins.canarygate.evidence.NetworkTrouble;
import io.jenkins.plugins.canarygate.evidence.RetryAfter;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;

/** One exchange with Honeycomb's API: the key goes to its own address only, and JSON comes back. */
final class HoneycombHttp {
  private static final long LARGEST = 5L * 1024 * 1024;
  private static final MediaType JSON = MediaType.get("application/json");
  // A NaN in one value is no reason to lose the others.
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final OkHttpClient http;
  private final HttpUrl base;
  private final HoneycombKey key;
  private final InstantSource clock;

  HoneycombHttp(OkHttpClient http, String base, HoneycombKey key, InstantSource clock) {
    this.http = http.newBuilder().followRedirects(false).followSslRedirects(false).build();
    this.base = address(base);
    this.key = key;
    this.clock = clock;
  }

  /** What is asked; {@code what} and {@code right} are for the message if it is refused. */
  record Call(
      String method,
      List<String> path,
      Map<String, String> query,
      Optional<JsonNode> body,
      String what,
      String right) {}

  /** A successful answer, and the address that it gave, which is never asked. */
  record Answer(JsonNode body, Optional<String> location) {}

  private static HttpUrl address(String text) {
    HttpUrl url = HttpUrl.parse(text);
    if (url == null
        || !url.username().isEmpty()
        || !url.password().isEmpty()
        || url.query() != null
        || url.fragment() != null) {
      throw new IllegalArgumentException(
          "Honeycomb's address must be http or https, a host and nothing secret, as "
              + HoneycombClient.US);
    }
    return url;
  }

  HttpUrl base() {
    return base;
  }

  /** Tells apart whose quota is used; holds no key. */
  String account() throws HoneycombException {
    return base + " " + HoneycombKey.identity(key.now());
  }

  Answer send(Call call) throws HoneycombException {
    String secret = key.now();
    Request.Builder request =
        new Request.Builder()
            .url(url(call))
            .header("X-Honeycomb-Team", secret)
            .header("Accept", "application/json")
            .method(call.method(), call.body().map(HoneycombHttp::body).orElse(null));
    try (Response response = http.newCall(request.build()).execute()) {
      return read(response, call, secret);
    } catch (IOException e) {
      throw unreachable(e, call);
    } catch (Exception e) {
      // Kotlin declares no checked exceptions: an interrupt while connecting comes through as it
      // is.
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        throw new HoneycombException(
            Kind.BROKEN_OFF, "interrupted while asking Honeycomb for " + call.what());
      }
      throw e;
    }
  }

  private HttpUrl url(Call call) throws HoneycombException {
    HttpUrl.Builder url = base.newBuilder();
    for (String segment : call.path()) {
      if (segment.isBlank() || segment.equals(".") || segment.equals("..")) {
        throw new HoneycombException(
            Kind.INVALID, "'" + segment + "' is no name that " + call.what() + " can have");
      }
      url.addPathSegment(segment);
    }
    call.query().forEach(url::addQueryParameter);
    return url.build();
  }

  /** A body that the HTTP client never sends twice by itself: a second result would cost quota. */
  private static RequestBody body(JsonNode json) {
    byte[] bytes = json.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return new RequestBody() {
      @Override
      public MediaType contentType() {
        return JSON;
      }

      @Override
      public long contentLength() {
        return bytes.length;
      }

      @Override
      public boolean isOneShot() {
        return true;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        sink.write(bytes);
      }
    };
  }

  private Answer read(Response response, Call call, String secret)
      throws IOException, HoneycombException {
    // A service that repeats what it was sent must not make us repeat it.
    String text =
        BoundedBody.read(response.body(), LARGEST)
            .orElseThrow(
                () ->
                    new HoneycombException(
                        Kind.NOT_UNDERSTOOD,
                        "Honeycomb's answer for "
                            + call.what()
                            + " is larger than "
                            + LARGEST / 1024 / 1024
                            + " MB"))
            .replace(secret, "***");
    if (!response.isSuccessful()) {
      Optional<Duration> wait = RetryAfter.of(response.headers(), clock.instant());
      throw HoneycombProblems.of(
          response.code(),
          call.what(),
          call.right(),
          parse(text).orElse(MissingNode.getInstance()),
          wait);
    }
    JsonNode json =
        parse(text)
            .filter(JsonNode::isObject)
            .orElseThrow(
                () ->
                    new HoneycombException(
                        Kind.NOT_UNDERSTOOD,
                        "Honeycomb's answer for "
                            + call.what()
                            + " is no JSON object; see whether a proxy or a wrong address answers"
                            + " in its place"));
    Optional<String> location = Optional.ofNullable(response.header("Location"));
    return new Answer(json, location.map(address -> address.replace(secret, "***")));
  }

  private static Optional<JsonNode> parse(String text) {
    try {
      return Optional.ofNullable(MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private HoneycombException unreachable(IOException e, Call call) {
    NetworkTrouble trouble = NetworkTrouble.of(e);
    String what = "Honeycomb (" + base.host() + ") " + trouble.text();
    return switch (trouble) {
      case NO_ANSWER_IN_TIME -> new HoneycombException(Kind.TIMEOUT, what + " for " + call.what());
      case NO_SUCH_NAME, NOT_REACHED, NOT_TRUSTED -> new HoneycombException(Kind.UNREACHABLE, what);
      case BROKEN_OFF ->
          new HoneycombException(Kind.BROKEN_OFF, what + "; it was asked for " + call.what());
    };
  }
}
