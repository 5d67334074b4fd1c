package io.jenkins.plugins.canarygate.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One Lease, {@code coordination.k8s.io/v1}: who holds something. Every write carries the
 * resourceVersion of what it is based on, so that of two takers one is told. It holds no clock and
 * no policy.
 */
public final class Lease {
  /** What it is to the API server. */
  public static final ResourceKind LEASES =
      new ResourceKind("coordination.k8s.io", "v1", "Lease", "leases", "Kubernetes");

  private final KubeApi api;
  private final String namespace;
  private final String name;

  /**
   * @param namespace where it is
   * @param name what it is called
   */
  public Lease(KubeApi api, String namespace, String name) {
    this.api = api;
    this.namespace = namespace;
    this.name = name;
  }

  /**
   * What the Lease says.
   *
   * @param resourceVersion of this state
   * @param holder who holds it; empty if nobody does
   * @param renewed when it was renewed last, as the holder wrote it: compared to itself alone,
   *     since no two clocks agree
   * @param held for how long the holder may be silent
   */
  public record State(
      String resourceVersion, Optional<String> holder, String renewed, Duration held) {}

  /** The API server did not do as asked. The message is one line that says what to do. */
  public static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /** As messages name it. */
  @Override
  public String toString() {
    return "Lease " + namespace + "/" + name;
  }

  /**
   * What it says now; empty if there is none.
   *
   * @throws KubeApi.NoAnswerException if that cannot be told now
   * @throws RefusedException if it cannot be read
   */
  public Optional<State> read() throws KubeApi.NoAnswerException, RefusedException {
    KubeApi.Answer answer = api.get(LEASES.path(namespace, name));
    return answer.code() == 404 ? Optional.empty() : Optional.of(state(answer, "get"));
  }

  /**
   * Takes it.
   *
   * @param over what it said when it was found to be free; empty if there was none
   * @param holder who takes it
   * @param now on the taker's clock
   * @return empty if somebody else was faster
   * @throws RefusedException if it cannot be written
   */
  public Optional<State> take(Optional<State> over, String holder, Duration held, Instant now)
      throws KubeApi.NoAnswerException, RefusedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode metadata = body.putObject("metadata");
    ObjectNode spec = body.putObject("spec");
    spec.put("holderIdentity", holder).put("leaseDurationSeconds", held.toSeconds());
    spec.put("acquireTime", MicroTime.text(now)).put("renewTime", MicroTime.text(now));
    if (over.isPresent()) {
      metadata.put("resourceVersion", over.get().resourceVersion());
      return written(api.patch(LEASES.path(namespace, name), body), "patch");
    }
    body.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    metadata.put("name", name);
    metadata.putObject("labels").put("app.kubernetes.io/managed-by", "canary-gate");
    return written(api.post(LEASES.path(namespace), body), "create");
  }

  /**
   * Renews it.
   *
   * @param mine what it said when it was taken or renewed last
   * @return empty if it has become another's
   * @throws RefusedException if it cannot be written
   */
  public Optional<State> renew(State mine, Instant now)
      throws KubeApi.NoAnswerException, RefusedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("metadata").put("resourceVersion", mine.resourceVersion());
    body.putObject("spec").put("renewTime", MicroTime.text(now));
    return written(api.patch(LEASES.path(namespace, name), body), "patch");
  }

  /**
   * Gives it up, so that the next taker need not wait.
   *
   * @return whether it was still ours to give
   */
  public boolean release(State mine) throws KubeApi.NoAnswerException, RefusedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("metadata").put("resourceVersion", mine.resourceVersion());
    body.putObject("spec").put("holderIdentity", "");
    return written(api.patch(LEASES.path(namespace, name), body), "patch").isPresent();
  }

  /** A conflict, or an object that came or went meanwhile, is somebody else's doing. */
  private Optional<State> written(KubeApi.Answer answer, String verb)
      throws KubeApi.NoAnswerException, RefusedException {
    return answer.code() == 409 || answer.code() == 404 && verb.equals("patch")
        ? Optional.empty()
        : Optional.of(state(answer, verb));
  }

  private State state(KubeApi.Answer answer, String verb)
      throws KubeApi.NoAnswerException, RefusedException {
    JsonNode object = answer.body();
    String version = object.path("metadata").path("resourceVersion").asText("");
    if (answer.ok() && !version.isEmpty()) {
      JsonNode spec = object.path("spec");
      return new State(
          version,
          KubeJson.text(spec, "holderIdentity"),
          spec.path("renewTime").asText(""),
          Duration.ofSeconds(Math.max(1, spec.path("leaseDurationSeconds").asLong(1))));
    }
    if (answer.code() == 429 || answer.code() >= 500) {
      throw new KubeApi.NoAnswerException(
          api.server() + " answered " + answer.code() + " when asked to " + verb + " the " + this);
    }
    throw new RefusedException(
        switch (answer.code()) {
          case 401 -> api.server() + " does not accept the credentials (401): renew the token";
          case 403 ->
              "the right to "
                  + verb
                  + " "
                  + LEASES.resource()
                  + " in namespace "
                  + namespace
                  + " is missing (403); canary-gate plan prints the role that grants it";
          default ->
              api.server()
                  + " answered "
                  + answer.code()
                  + " when asked to "
                  + verb
                  + " the "
                  + this
                  + (answer.message().isEmpty() ? "" : ": " + answer.message());
        });
  }
}
