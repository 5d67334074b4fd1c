package io.jenkins.plugins.canarygate.sandbox.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Answer;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.http.Request;
import io.jenkins.plugins.canarygate.sandbox.http.Service;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;

/** The Kubernetes API over HTTP: who may ask, what is asked, and how it is answered. */
public final class KubeService implements Service, AutoCloseable {
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  private final ObjectStore store;
  private final Collection<Resource> served;
  private final Rights rights;
  private final String token;
  private final String user;
  private final Runnable afterWrite;
  private final WatchHub hub;

  /**
   * Serves a store.
   *
   * @param afterWrite runs after each write, before its answer is sent: what controllers do then
   */
  public KubeService(
      ObjectStore store,
      Collection<Resource> served,
      Rights rights,
      String token,
      String user,
      Runnable afterWrite) {
    this.store = store;
    this.served = served;
    this.rights = rights;
    this.token = token;
    this.user = user;
    this.afterWrite = afterWrite;
    this.hub = new WatchHub(store);
  }

  @Override
  public Call classify(Request request) {
    return Calls.of(request, served);
  }

  @Override
  public Answer error(int status, Request request) {
    return Answer.json(status, ApiError.byCode(status).status());
  }

  @Override
  public Optional<StreamStart> stream(Request request) {
    if (!Calls.isWatch(request) || Calls.isSocket(request)) {
      return Optional.empty();
    }
    Optional<Target> target = Target.of(request.parts(), served);
    if (target.isEmpty() || !mayDo("watch", target.get(), request)) {
      return Optional.empty();
    }
    try {
      Selector selector = selector(target.get(), request);
      OptionalLong since = number(request, "resourceVersion");
      OptionalLong timeout = number(request, "timeoutSeconds");
      boolean bookmarks = request.param("allowWatchBookmarks").map("true"::equals).orElse(false);
      Resource resource = target.get().resource();
      return Optional.of(
          stream -> hub.begin(new Watch(resource, selector, since, timeout, bookmarks, stream)));
    } catch (ApiError e) {
      // The same parameters, read once more, are what the answer complains about.
      return Optional.empty();
    }
  }

  @Override
  public Answer answer(Request request) {
    try {
      if (!isKnown(request)) {
        throw ApiError.unauthorized();
      }
      if (request.path().equals(REVIEWS) && request.method().equals("POST")) {
        return Answer.json(201, AccessReview.answer(json(request), rights));
      }
      if (Calls.isSocket(request)) {
        return Answer.json(200, Json.object());
      }
      if (Discovery.isAbout(request.parts())) {
        return Discovery.answer(request.parts(), served);
      }
      Target target = Target.of(request.parts(), served).orElseThrow(ApiError::noSuchPath);
      demand(Calls.verb(request, target), target);
      number(request, "resourceVersion");
      number(request, "timeoutSeconds");
      return carryOut(request, target);
    } catch (ApiError e) {
      return Answer.json(e.code(), e.status());
    } catch (UncheckedIOException | IllegalArgumentException | ClassCastException e) {
      ApiError bad = ApiError.badRequest("the body is not understood: " + e.getMessage());
      return Answer.json(bad.code(), bad.status());
    }
  }

  private Answer carryOut(Request request, Target target) {
    if (!target.subresource().isEmpty()
        && !(target.isStatus() && target.resource().statusSubresource())) {
      throw ApiError.noSuchPath();
    }
    return switch (request.method()) {
      case "GET" ->
          target.name().isPresent()
              ? Answer.json(200, store.get(target.key()).json())
              : Answer.json(200, list(target, request));
      case "POST", "PUT", "PATCH", "DELETE" -> write(request, target);
      default -> throw ApiError.methodNotAllowed();
    };
  }

  private Answer write(Request request, Target target) {
    synchronized (store) {
      Writes writes = new Writes(store, target);
      Answer answer =
          switch (request.method()) {
            case "POST" -> writes.create(json(request));
            case "PUT" -> writes.replace(json(request));
            case "PATCH" -> writes.patch(request.header("content-type").orElse(""), json(request));
            default -> writes.delete(request.body().length == 0 ? Json.object() : json(request));
          };
      afterWrite.run();
      return answer;
    }
  }

  private byte[] list(Target target, Request request) {
    StringBuilder text = new StringBuilder();
    synchronized (store) {
      text.append("{\"apiVersion\":\"").append(target.resource().apiVersion());
      text.append("\",\"kind\":\"").append(target.resource().kind());
      text.append("List\",\"metadata\":{\"resourceVersion\":\"").append(store.version());
      text.append("\"},\"items\":[");
      String comma = "";
      for (Stored stored : store.list(target.resource(), selector(target, request))) {
        text.append(comma).append(new String(stored.json(), StandardCharsets.UTF_8));
        comma = ",";
      }
    }
    return text.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Selector selector(Target target, Request request) {
    Optional<String> fields =
        target.name().map(name -> "metadata.name=" + name).or(() -> request.param("fieldSelector"));
    return Selector.of(
        target.namespace(), fields, request.param("labelSelector").filter(l -> !l.isBlank()));
  }

  private boolean isKnown(Request request) {
    return request.header("authorization").filter(("Bearer " + token)::equals).isPresent();
  }

  private boolean mayDo(String verb, Target target, Request request) {
    return isKnown(request) && rights.allow(attempt(verb, target));
  }

  private void demand(String verb, Target target) {
    Attempt attempt = attempt(verb, target);
    if (!rights.allow(attempt)) {
      throw ApiError.forbidden(attempt, user);
    }
  }

  private static Attempt attempt(String verb, Target target) {
    return new Attempt(
        verb,
        target.resource(),
        target.subresource(),
        target.namespace().orElse(""),
        target.name().orElse(""));
  }

  private static OptionalLong number(Request request, String name) {
    try {
      return request.param(name).filter(text -> !text.isEmpty()).stream()
          .mapToLong(Long::parseLong)
          .findFirst();
    } catch (NumberFormatException e) {
      throw ApiError.badRequest(name + " is not a number: " + e.getMessage());
    }
  }

  private static ObjectNode asObject(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw ApiError.badRequest("the body is no object");
  }

  private static JsonNode json(Request request) {
    JsonNode node = Json.read(request.body());
    return node.isArray() ? node : asObject(node);
  }

  /** Forgets what has happened: a watch from before now is answered 410. */
  public void compactHistory() {
    hub.compact();
  }

  /** Sends a bookmark to every watch that allows them. */
  public void sendBookmarks() {
    hub.bookmarks();
  }

  /** Ends every watch with a 410 event. */
  public void expireWatches() {
    hub.expireAll();
  }

  @Override
  public void close() {
    hub.close();
  }
}
