package io.jenkins.plugins.canarygate.sandbox;

import static io.jenkins.plugins.canarygate.sandbox.Step.pause;
import static io.jenkins.plugins.canarygate.sandbox.Step.setWeight;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.sandbox.Http.Reply;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The simulated API server over the wire. */
class KubernetesApiTest {
  private static final String ROLLOUTS = "/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts";
  private static final String CHECKOUT = ROLLOUTS + "/checkout";

  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final SandboxCluster cluster = new SandboxCluster(clock);
  private final Http http = Http.of(cluster);
  private SandboxRollout rollout;

  @BeforeEach
  void aRolloutWaitsAtAPause() {
    rollout =
        cluster
            .rollout("shop", "checkout")
            .canary()
            .steps(setWeight(20), pause())
            .create()
            .deploy("registry.example/app:2");
    cluster.forgetRequests();
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void anObjectIsReadByItsName() throws Exception {
    Reply reply = http.get(CHECKOUT);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json()).isEqualTo(rollout.object());
    assertThat(reply.json().at("/status/pauseConditions/0/reason").asText())
        .isEqualTo("CanaryPauseStep");
  }

  @Test
  void aStaleResourceVersionIsAnsweredWithConflict() throws Exception {
    String stale = rollout.resourceVersion();
    rollout.pauseByPerson();

    Reply reply =
        http.merge(
            CHECKOUT + "/status",
            "{'metadata':{'resourceVersion':'%s'},'status':{'pauseConditions':null}}"
                .formatted(stale));

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.json().path("kind").asText()).isEqualTo("Status");
    assertThat(reply.json().path("reason").asText()).isEqualTo("Conflict");
    assertThat(reply.json().path("message").asText())
        .isEqualTo(
            "Operation cannot be fulfilled on rollouts.argoproj.io \"checkout\": the object has"
                + " been modified; please apply your changes to the latest version and try again");
    assertThat(reply.json().at("/details/kind").asText()).isEqualTo("rollouts");
    assertThat(rollout.pauseReasons()).containsExactly("CanaryPauseStep");
  }

  @Test
  void anotherUidIsAConflictToo() throws Exception {
    Reply reply = http.merge(CHECKOUT, "{'metadata':{'uid':'another'},'spec':{'paused':true}}");

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.json().path("message").asText()).contains("Precondition failed: UID");
  }

  @Test
  void aCurrentResourceVersionIsWritten() throws Exception {
    Reply reply =
        http.merge(
            CHECKOUT + "/status",
            "{'metadata':{'resourceVersion':'%s'},'status':{'pauseConditions':null}}"
                .formatted(rollout.resourceVersion()));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("status").has("pauseConditions")).isFalse();
    assertThat(rollout.status().path("currentStepIndex").asInt()).isEqualTo(2);
  }

  @Test
  void theObjectItselfIgnoresStatus() throws Exception {
    JsonNode before = rollout.object();

    Reply reply = http.merge(CHECKOUT, "{'status':{'abort':true}}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(rollout.object()).isEqualTo(before);
  }

  @Test
  void theStatusSubresourceIgnoresSpecAndMetadata() throws Exception {
    http.merge(
        CHECKOUT + "/status",
        "{'spec':{'paused':true},'metadata':{'labels':{'a':'b'}},'status':{'message':'x'}}");

    assertThat(rollout.object().path("spec").has("paused")).isFalse();
    assertThat(rollout.object().path("metadata").has("labels")).isFalse();
  }

  @Test
  void theGenerationCountsChangesOfTheSpecOnly() throws Exception {
    long before = rollout.object().at("/metadata/generation").asLong();

    http.merge(CHECKOUT, "{'metadata':{'annotations':{'canary-gate/hold':'g'}}}");
    assertThat(rollout.object().at("/metadata/generation").asLong()).isEqualTo(before);

    http.merge(CHECKOUT, "{'spec':{'paused':true}}");
    assertThat(rollout.object().at("/metadata/generation").asLong()).isEqualTo(before + 1);
    assertThat(rollout.status().path("observedGeneration").asText())
        .isEqualTo(Long.toString(before + 1));
  }

  @Test
  void aPatchThatChangesNothingIsNoNewVersion() throws Exception {
    String before = rollout.resourceVersion();

    assertThat(http.merge(CHECKOUT, "{'spec':{'replicas':5}}").status()).isEqualTo(200);

    assertThat(rollout.resourceVersion()).isEqualTo(before);
  }

  @Test
  void aJsonPatchIsApplied() throws Exception {
    Reply reply =
        http.send(
            "PATCH",
            CHECKOUT,
            "application/json-patch+json",
            "[{'op':'test','path':'/spec/replicas','value':5},"
                + "{'op':'add','path':'/spec/paused','value':true}]");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(rollout.object().at("/spec/paused").asBoolean()).isTrue();
  }

  @Test
  void aJsonPatchThatDoesNotFitIsInvalid() throws Exception {
    Reply reply =
        http.send(
            "PATCH",
            CHECKOUT,
            "application/json-patch+json",
            "[{'op':'remove','path':'/spec/nothing'}]");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().path("reason").asText()).isEqualTo("Invalid");
  }

  @Test
  void aStrategicMergePatchOfACustomResourceIsRefused() throws Exception {
    Reply reply = http.send("PATCH", CHECKOUT, "application/strategic-merge-patch+json", "{}");

    assertThat(reply.status()).isEqualTo(415);
  }

  @Test
  void aPutNeedsAResourceVersion() throws Exception {
    Reply reply =
        http.send("PUT", CHECKOUT, "application/json", "{'metadata':{'name':'checkout'}}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().path("message").asText()).contains("metadata.resourceVersion");
  }

  @Test
  void anUnknownObjectIsNotFound() throws Exception {
    Reply reply = http.get(ROLLOUTS + "/cart");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.json().path("message").asText())
        .isEqualTo("rollouts.argoproj.io \"cart\" not found");
  }

  @Test
  void anUnknownKindIsNotFoundWithoutAName() throws Exception {
    Reply reply = http.get("/apis/argoproj.io/v1alpha1/namespaces/shop/gadgets/x");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.json().path("message").asText())
        .isEqualTo("the server could not find the requested resource");
  }

  @Test
  void anUnknownTokenIsUnauthorized() throws Exception {
    Reply reply =
        new Http(cluster.url(), java.util.Map.of("Authorization", "Bearer other")).get(CHECKOUT);

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.json().path("reason").asText()).isEqualTo("Unauthorized");
  }

  @Test
  void aRightThatWasNotGrantedIsForbidden() throws Exception {
    cluster.rights().grant("argoproj.io", Set.of("rollouts"), Set.of("get", "list"));

    assertThat(http.get(CHECKOUT).status()).isEqualTo(200);
    Reply reply = http.merge(CHECKOUT + "/status", "{'status':{'abort':true}}");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.json().path("message").asText())
        .isEqualTo(
            "rollouts.argoproj.io \"checkout\" is forbidden: User"
                + " \"system:serviceaccount:ci:canary-gate\" cannot patch resource"
                + " \"rollouts/status\" in API group \"argoproj.io\" in the namespace \"shop\"");
  }

  @Test
  void reviewsOfRightsSayWhatWouldBeAllowed() throws Exception {
    cluster.rights().grantIn("shop", "argoproj.io", Set.of("rollouts/status"), Set.of("patch"));

    assertThat(review("shop", "patch", "status")).isTrue();
    assertThat(review("shop", "patch", "")).isFalse();
    assertThat(review("cart", "patch", "status")).isFalse();
  }

  private boolean review(String namespace, String verb, String subresource) throws Exception {
    Reply reply =
        http.post(
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            ("{'apiVersion':'authorization.k8s.io/v1','kind':'SelfSubjectAccessReview','spec':"
                    + "{'resourceAttributes':{'namespace':'%s','verb':'%s','group':'argoproj.io',"
                    + "'resource':'rollouts','subresource':'%s'}}}")
                .formatted(namespace, verb, subresource));
    assertThat(reply.status()).isEqualTo(201);
    return reply.json().at("/status/allowed").asBoolean();
  }

  @Test
  void aListIsNarrowedByLabelsAndByName() throws Exception {
    String sets = "/apis/apps/v1/namespaces/shop/replicasets";
    assertThat(http.get(sets).json().path("items")).hasSize(2);

    Reply reply =
        http.get(sets + "?labelSelector=rollouts-pod-template-hash%3D" + rollout.currentHash());
    assertThat(reply.json().path("kind").asText()).isEqualTo("ReplicaSetList");
    assertThat(reply.json().path("items")).hasSize(1);
    assertThat(reply.json().at("/items/0/spec/template/spec/containers/0/image").asText())
        .isEqualTo("registry.example/app:2");

    assertThat(http.get(ROLLOUTS + "?fieldSelector=metadata.name%3Dcart").json().path("items"))
        .isEmpty();
    assertThat(http.get(sets + "?labelSelector=app+in+(checkout,x),!y").json().path("items"))
        .hasSize(2);
    assertThat(http.get(sets + "?labelSelector=app+notin+(checkout)").json().path("items"))
        .isEmpty();
  }

  @Test
  void discoverySaysWhatIsServed() throws Exception {
    assertThat(http.get("/version").json().path("gitVersion").asText()).startsWith("v1.");
    assertThat(http.get("/apis").json().at("/groups").findValuesAsText("name"))
        .contains("argoproj.io", "apps");
    assertThat(
            http.get("/apis/argoproj.io/v1alpha1")
                .json()
                .path("resources")
                .findValuesAsText("name"))
        .contains("rollouts", "rollouts/status", "analysisruns");
    JsonNode crd =
        http.get("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/rollouts.argoproj.io")
            .json();
    assertThat(crd.at("/spec/versions/0/name").asText()).isEqualTo("v1alpha1");
    assertThat(crd.at("/spec/versions/0/subresources").has("status")).isTrue();
  }

  @Test
  void aDeletedRolloutTakesItsReplicaSetsWithItAndComesBackAsAnother() throws Exception {
    String uid = rollout.uid();

    Reply reply = http.send("DELETE", CHECKOUT, null, "");

    assertThat(reply.json().path("status").asText()).isEqualTo("Success");
    assertThat(http.get("/apis/apps/v1/namespaces/shop/replicasets").json().path("items"))
        .isEmpty();
    assertThat(cluster.rollout("shop", "checkout").canary().steps(pause()).create().uid())
        .isNotEqualTo(uid);
  }

  @Test
  void aNameThatIsTakenAlreadyExists() throws Exception {
    Reply reply = http.post(ROLLOUTS, "{'metadata':{'name':'checkout'},'spec':{}}");

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.json().path("reason").asText()).isEqualTo("AlreadyExists");
  }

  @Test
  void requestsAreRememberedWithoutTheToken() throws Exception {
    http.merge(
        CHECKOUT + "/status",
        "{'metadata':{'resourceVersion':'1'},'status':{'pauseConditions':null}}");

    assertThat(cluster.writes())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.call()).isEqualTo(Call.PATCH_STATUS);
              assertThat(request.path()).isEqualTo(CHECKOUT + "/status");
              assertThat(request.resourceVersion()).contains("1");
              assertThat(request.status()).isEqualTo(409);
              assertThat(request.at()).isEqualTo(clock.instant());
              assertThat(request.toString()).doesNotContain(cluster.token());
            });
  }
}
