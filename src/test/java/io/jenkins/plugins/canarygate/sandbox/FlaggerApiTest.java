package io.jenkins.plugins.canarygate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.sandbox.Http.Reply;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the simulated API server serves of Flagger, and of what a server of several replicas needs.
 */
class FlaggerApiTest {
  private static final String CANARIES = "/apis/flagger.app/v1beta1/namespaces/shop/canaries";
  private static final String CHECKOUT = CANARIES + "/checkout";
  private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/shop/leases";

  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final SandboxCluster cluster = new SandboxCluster(clock);
  private final Http http = Http.of(cluster);
  private SandboxCanary canary;

  @BeforeEach
  void aCanary() {
    canary = cluster.canary("shop", "checkout").weighted(20, 60).create();
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aCanaryIsReadByItsName() throws Exception {
    Reply reply = http.get(CHECKOUT);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json()).isEqualTo(canary.object());
    assertThat(reply.json().path("apiVersion").asText()).isEqualTo("flagger.app/v1beta1");
  }

  @Test
  void anAnnotationIsWrittenUnderAFieldManagersName() throws Exception {
    JsonNode before = canary.object();

    Reply reply =
        http.merge(
            CHECKOUT + "?fieldManager=canary-gate",
            "{'metadata':{'resourceVersion':'%s','annotations':{'canary-gate/decision':'yes'}}}"
                .formatted(canary.resourceVersion()));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().at("/metadata/annotations/canary-gate~1decision").asText())
        .isEqualTo("yes");
    assertThat(reply.json().at("/metadata/generation"))
        .as("an annotation is no change of the spec")
        .isEqualTo(before.at("/metadata/generation"));
    assertThat(reply.json().path("status")).isEqualTo(before.path("status"));
  }

  @Test
  void anAnnotationOnAStaleLookIsAConflict() throws Exception {
    String stale = canary.resourceVersion();
    canary.patch("{'spec':{'suspend':true}}");

    Reply reply =
        http.merge(
            CHECKOUT,
            "{'metadata':{'resourceVersion':'%s','annotations':{'canary-gate/decision':'yes'}}}"
                .formatted(stale));

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.json().path("message").asText())
        .startsWith("Operation cannot be fulfilled on canaries.flagger.app \"checkout\"");
    assertThat(canary.object().at("/metadata/annotations").isMissingNode()).isTrue();
  }

  @Test
  void theObjectItselfIgnoresStatusAndTheStatusIgnoresTheRest() throws Exception {
    String before = canary.phase();

    http.merge(CHECKOUT, "{'status':{'phase':'Succeeded'}}");
    assertThat(canary.phase()).isEqualTo(before);

    http.merge(CHECKOUT + "/status", "{'spec':{'suspend':true},'status':{'phase':'Failed'}}");
    assertThat(canary.phase()).isEqualTo("Failed");
    assertThat(canary.object().path("spec").has("suspend")).isFalse();
  }

  @Test
  void aLeaseIsTakenByOneOfTwoAtATime() throws Exception {
    Reply created =
        http.post(LEASES, "{'metadata':{'name':'refresh'},'spec':{'holderIdentity':'one'}}");
    assertThat(created.status()).isEqualTo(201);
    String version = created.json().at("/metadata/resourceVersion").asText();

    assertThat(put(version, "two").status()).isEqualTo(200);
    assertThat(put(version, "three").status()).isEqualTo(409);
    assertThat(put("", "four").status()).as("a Lease is never replaced blindly").isEqualTo(422);
    assertThat(http.get(LEASES + "/refresh").json().at("/spec/holderIdentity").asText())
        .isEqualTo("two");
  }

  private Reply put(String version, String holder) throws Exception {
    String body =
        Json.of(
                "{'metadata':{'name':'refresh','namespace':'shop','resourceVersion':'%s'},"
                        .formatted(version)
                    + "'spec':{'holderIdentity':'%s','leaseDurationSeconds':15}}".formatted(holder))
            .toString();
    return http.send("PUT", LEASES + "/refresh", "application/json", body);
  }
}
