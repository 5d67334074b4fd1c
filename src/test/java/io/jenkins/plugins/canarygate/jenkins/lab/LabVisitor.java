package io.jenkins.plugins.canarygate.jenkins.lab;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** Somebody at a real Jenkins, by an API token, in a language. */
final class LabVisitor {
  private final LabJenkins jenkins;
  private final String identity;
  private final String language;
  private final HttpClient http = HttpClient.newHttpClient();

  private LabVisitor(LabJenkins jenkins, String identity, String language) {
    this.jenkins = jenkins;
    this.identity = identity;
    this.language = language;
  }

  /** A user that is there already. */
  static LabVisitor of(LabJenkins jenkins, String user) throws IOException {
    String token =
        jenkins.script(
            """
            def user = hudson.model.User.getById('%s', false)
            def tokens = user.getProperty(jenkins.security.ApiTokenProperty).tokenStore
            def made = tokens.generateNewToken('visitor')
            user.save()
            print made.plainValue
            """
                .formatted(user));
    String both = Base64.getEncoder().encodeToString((user + ":" + token).getBytes());
    return new LabVisitor(jenkins, both, "en");
  }

  LabVisitor in(String other) {
    return new LabVisitor(jenkins, identity, other);
  }

  HttpResponse<String> get(String path) throws IOException {
    return send(request(path).GET());
  }

  HttpResponse<String> post(String path, Map<String, String> fields) throws IOException {
    String body =
        fields.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(jenkins.url() + path))
        .timeout(Duration.ofSeconds(60))
        .header("Accept-Language", language)
        .header("Authorization", "Basic " + identity);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
