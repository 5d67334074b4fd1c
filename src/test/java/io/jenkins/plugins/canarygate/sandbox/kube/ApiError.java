package io.jenkins.plugins.canarygate.sandbox.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;

/** An error as the API server answers it: a {@code Status} object. */
public final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ObjectNode status;

  private ApiError(int code, String reason, String message) {
    super(message, null, false, false);
    status = Json.object();
    status.put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Failure").put("message", message);
    status.put("reason", reason);
    status.put("code", code);
  }

  private ApiError about(Resource resource, String name) {
    ObjectNode details = status.putObject("details");
    if (!name.isEmpty()) {
      details.put("name", name);
    }
    if (!resource.group().isEmpty()) {
      details.put("group", resource.group());
    }
    details.put("kind", resource.plural());
    return this;
  }

  public int code() {
    return status.path("code").asInt();
  }

  /** The {@code Status} object. */
  public ObjectNode status() {
    return status.deepCopy();
  }

  static ApiError notFound(ObjectKey key) {
    return new ApiError(
            404,
            "NotFound",
            "%s \"%s\" not found".formatted(key.resource().qualified(), key.name()))
        .about(key.resource(), key.name());
  }

  static ApiError noSuchPath() {
    ApiError error =
        new ApiError(404, "NotFound", "the server could not find the requested resource");
    error.status.putObject("details");
    return error;
  }

  static ApiError conflict(ObjectKey key) {
    return new ApiError(
            409,
            "Conflict",
            ("Operation cannot be fulfilled on %s \"%s\": the object has been modified; please"
                    + " apply your changes to the latest version and try again")
                .formatted(key.resource().qualified(), key.name()))
        .about(key.resource(), key.name());
  }

  static ApiError otherUid(ObjectKey key, String wanted, String found) {
    return new ApiError(
            409,
            "Conflict",
            ("Operation cannot be fulfilled on %s \"%s\": Precondition failed: UID in"
                    + " precondition: %s, UID in object meta: %s")
                .formatted(key.resource().qualified(), key.name(), wanted, found))
        .about(key.resource(), key.name());
  }

  static ApiError alreadyExists(ObjectKey key) {
    return new ApiError(
            409,
            "AlreadyExists",
            "%s \"%s\" already exists".formatted(key.resource().qualified(), key.name()))
        .about(key.resource(), key.name());
  }

  static ApiError unauthorized() {
    return new ApiError(401, "Unauthorized", "Unauthorized");
  }

  static ApiError forbidden(Attempt attempt, String user) {
    Resource resource = attempt.resource();
    String what =
        attempt.subresource().isEmpty()
            ? resource.plural()
            : resource.plural() + "/" + attempt.subresource();
    String where =
        attempt.namespace().isEmpty()
            ? " at the cluster scope"
            : " in the namespace \"" + attempt.namespace() + "\"";
    String object = attempt.name().isEmpty() ? "" : " \"" + attempt.name() + "\"";
    return new ApiError(
            403,
            "Forbidden",
            "%s%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\"%s"
                .formatted(
                    resource.qualified(),
                    object,
                    user,
                    attempt.verb(),
                    what,
                    resource.group(),
                    where))
        .about(resource, attempt.name());
  }

  static ApiError badRequest(String message) {
    return new ApiError(400, "BadRequest", message);
  }

  static ApiError unsupportedMediaType(String type) {
    return new ApiError(
        415,
        "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types include:"
            + " application/json-patch+json, application/merge-patch+json; got "
            + type);
  }

  static ApiError invalid(ObjectKey key, String message) {
    return new ApiError(
            422,
            "Invalid",
            "%s.%s \"%s\" is invalid: %s"
                .formatted(key.resource().kind(), key.resource().group(), key.name(), message))
        .about(key.resource(), key.name());
  }

  static ApiError expired(long asked, long oldest) {
    return new ApiError(
        410, "Expired", "too old resource version: %d (%d)".formatted(asked, oldest));
  }

  static ApiError methodNotAllowed() {
    return new ApiError(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  }

  /** An error by its code alone, for faults. */
  static ApiError byCode(int code) {
    return switch (code) {
      case 400 -> badRequest("the request is not understood");
      case 401 -> unauthorized();
      case 403 -> new ApiError(403, "Forbidden", "forbidden: this was laid on the call by a test");
      case 404 -> noSuchPath();
      case 409 ->
          new ApiError(
              409,
              "Conflict",
              "Operation cannot be fulfilled: the object has been modified; please apply your"
                  + " changes to the latest version and try again");
      case 410 -> new ApiError(410, "Expired", "The resourceVersion is too old");
      case 422 -> new ApiError(422, "Invalid", "the object is invalid");
      case 429 ->
          new ApiError(429, "TooManyRequests", "Too many requests, please try again later.");
      case 500 ->
          new ApiError(500, "InternalError", "Internal error occurred: etcdserver: leader changed");
      case 503 ->
          new ApiError(
              503, "ServiceUnavailable", "the server is currently unable to handle the request");
      case 504 ->
          new ApiError(
              504, "Timeout", "Timeout: request did not complete within requested timeout");
      default -> new ApiError(code, "InternalError", "an error occurred");
    };
  }
}
