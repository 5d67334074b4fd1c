package io.jenkins.plugins.canarygate.server.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.kube.KubeApi.Answer;
import io.jenkins.plugins.canarygate.kube.KubeApi.NoAnswerException;
import io.jenkins.plugins.canarygate.kube.KubeJson;
import io.jenkins.plugins.canarygate.kube.MicroTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One check's Lease. Every write carries the {@code resourceVersion} that was seen, so that of two
 * replicas that take it one is refused. Whether another holder is alive is told by this replica's
 * own clock: by how long the Lease has not moved since it was first seen so.
 */
final class LeaseShare implements Share {
  static final String VALUE = "canary-gate/value";
  static final String QUESTION = "canary-gate/question";

  /** How much earlier than others think so the holder itself takes it for lost. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  /** How far apart clocks are trusted to be; a Lease that is older than that was left behind. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private static final int LONGEST_QUESTION = 1000;
  private static final long LONGEST_LEASE = Duration.ofDays(2).toSeconds();
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  private final LeaseSharing sharing;
  private final CheckKey key;
  private final String name;
  private JsonNode seen = MissingNode.getInstance();
  private long seenSince;
  private long mineUntil = Long.MIN_VALUE;
  private boolean alone;

  LeaseShare(LeaseSharing sharing, CheckKey key) {
    this.sharing = sharing;
    this.key = key;
    this.name = "canary-gate-check-" + key.id();
  }

  @Override
  public Holder look() {
    alone = sharing.alone();
    if (alone || uptime() < mineUntil) {
      return Holder.MINE;
    }
    try {
      Answer answer = sharing.api.get(sharing.path(name));
      if (LeaseSharing.impossible(answer)) {
        sharing.measureAlone(answer);
        alone = true;
        return Holder.MINE;
      }
      if (answer.code() == NOT_FOUND) {
        seen = MissingNode.getInstance();
        sharing.possible();
        return Holder.FREE;
      }
      if (!answer.ok()) {
        return Holder.UNKNOWN;
      }
      sharing.possible();
      saw(answer.body());
      return alive() ? Holder.THEIRS : Holder.FREE;
    } catch (NoAnswerException e) {
      return Holder.UNKNOWN;
    }
  }

  private void saw(JsonNode lease) {
    if (!version(lease).equals(version(seen))) {
      seenSince = uptime();
    }
    seen = lease;
  }

  private boolean alive() {
    String holder = seen.at("/spec/holderIdentity").asText("");
    if (holder.isEmpty() || holder.equals(sharing.identity)) {
      return false;
    }
    long seconds = Math.min(LONGEST_LEASE, seen.at("/spec/leaseDurationSeconds").asLong(0));
    Instant ends =
        KubeJson.instant(seen, "spec", "renewTime").orElse(Instant.EPOCH).plusSeconds(seconds);
    boolean longAgo = ends.plus(SKEW).isBefore(sharing.clock.now().now());
    return !longAgo && uptime() - seenSince <= Duration.ofSeconds(seconds).toMillis();
  }

  @Override
  public Optional<Value> published() {
    return ValueJson.read(seen.path("metadata").path("annotations").path(VALUE).asText(""));
  }

  @Override
  public boolean take(Duration atLeast) {
    return alone || write(atLeast, Optional.empty());
  }

  @Override
  public boolean publish(Value value, Duration atLeast) {
    return alone || write(atLeast, Optional.of(value));
  }

  private boolean write(Duration atLeast, Optional<Value> value) {
    long began = uptime();
    ObjectNode lease = lease(atLeast);
    value.ifPresent(v -> annotations(lease).put(VALUE, ValueJson.text(v)));
    try {
      Answer answer;
      boolean creating = seen.isMissingNode();
      if (creating) {
        answer = sharing.api.post(sharing.collection, created(lease));
      } else {
        lease.withObject("/metadata").put("resourceVersion", version(seen));
        answer = sharing.api.patch(sharing.path(name), lease);
      }
      if (LeaseSharing.impossible(answer) || creating && answer.code() == NOT_FOUND) {
        sharing.measureAlone(answer);
        alone = true;
        return true;
      }
      if (answer.ok()) {
        saw(answer.body());
        mineUntil = began + atLeast.minus(MARGIN).toMillis();
        return true;
      }
      if (answer.code() == NOT_FOUND || answer.code() == CONFLICT) {
        mineUntil = Long.MIN_VALUE;
        seen = answer.code() == NOT_FOUND ? MissingNode.getInstance() : seen;
        return false;
      }
      return uptime() < mineUntil;
    } catch (NoAnswerException e) {
      // It may have been written: the next write is refused then, and the one after it is not.
      return uptime() < mineUntil;
    }
  }

  private ObjectNode lease(Duration atLeast) {
    boolean before = seen.at("/spec/holderIdentity").asText("").equals(sharing.identity);
    String now = MicroTime.text(sharing.clock.now().now());
    ObjectNode lease = JsonNodeFactory.instance.objectNode();
    ObjectNode spec = lease.putObject("spec");
    spec.put("holderIdentity", sharing.identity);
    spec.put("leaseDurationSeconds", (atLeast.toMillis() + 999) / 1000);
    spec.put("renewTime", now);
    if (!before) {
      spec.put("acquireTime", now);
      spec.put("leaseTransitions", seen.at("/spec/leaseTransitions").asLong(-1) + 1);
    }
    return lease;
  }

  private ObjectNode created(ObjectNode lease) {
    lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    ObjectNode metadata = lease.withObject("/metadata").put("name", name);
    metadata
        .putObject("labels")
        .put("app.kubernetes.io/managed-by", "canary-gate")
        .put(LeaseSharing.LABEL, LeaseSharing.PART);
    String shown = key.toString();
    annotations(lease)
        .put(
            QUESTION,
            shown.length() > LONGEST_QUESTION ? shown.substring(0, LONGEST_QUESTION) + "…" : shown);
    return lease;
  }

  private static ObjectNode annotations(ObjectNode lease) {
    return lease.withObject("/metadata").withObject("/annotations");
  }

  @Override
  public void release() {
    if (mine()) {
      mineUntil = Long.MIN_VALUE;
      ObjectNode lease = JsonNodeFactory.instance.objectNode();
      lease.putObject("metadata").put("resourceVersion", version(seen));
      lease.putObject("spec").putNull("holderIdentity");
      try {
        Answer answer = sharing.api.patch(sharing.path(name), lease);
        if (answer.ok()) {
          saw(answer.body());
        }
      } catch (NoAnswerException e) {
        // Others take it once it has not moved for long enough.
      }
    }
  }

  @Override
  public void end() {
    if (mine()) {
      mineUntil = Long.MIN_VALUE;
      try {
        if (!sharing.delete(seen.path("metadata"))) {
          release();
        }
      } catch (NoAnswerException e) {
        // It is swept up later.
      }
    }
  }

  private boolean mine() {
    return !alone && uptime() < mineUntil && !seen.isMissingNode();
  }

  private long uptime() {
    return sharing.clock.now().uptimeMillis();
  }

  private static String version(JsonNode lease) {
    return lease.at("/metadata/resourceVersion").asText("");
  }
}
