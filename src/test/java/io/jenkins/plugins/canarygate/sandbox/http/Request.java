package io.jenkins.plugins.canarygate.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it arrived.
 *
 * @param method in capitals
 * @param path decoded, without the query
 * @param query decoded; of a repeated name the last value
 * @param headers names in lower case
 * @param body may be empty
 */
public record Request(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body) {

  /** A query parameter. */
  public Optional<String> param(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** A header, by any case of its name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(java.util.Locale.ROOT)));
  }

  /** The path's parts, without empty ones. */
  public String[] parts() {
    String trimmed = path.startsWith("/") ? path.substring(1) : path;
    return trimmed.isEmpty() ? new String[0] : trimmed.split("/");
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Without headers and body: a token must not get into a message by way of an exception. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
