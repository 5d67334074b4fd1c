package io.jenkins.plugins.canarygate.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.kube.KubeApi;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Fault;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("S1: a session in a ConfigMap")
class ConfigMapSessionStoreTest {
  private final VirtualTime time = new VirtualTime();
  private final SandboxCluster cluster = new SandboxCluster(() -> time.wall());
  private final KubernetesClient client =
      new KubernetesClientBuilder()
          .withConfig(
              new ConfigBuilder(Config.empty())
                  .withMasterUrl(cluster.url())
                  .withOauthToken(cluster.token())
                  .withRequestTimeout(1000)
                  .build())
          .build();
  private final ObjectKey key = new ObjectKey(Resource.CONFIG_MAPS, "ci", "gate-x7");
  private final GateSession session = Samples.session(time);
  private Optional<String> lost = Optional.empty();
  private final ConfigMapSessionStore store = store();

  private ConfigMapSessionStore store() {
    return new ConfigMapSessionStore(
        new KubeApi(client),
        new ConfigMapSessionStore.Name("ci", "gate-x7"),
        Optional.of(
            new ConfigMapSessionStore.Owner("tekton.dev/v1", "TaskRun", "gate-x7", "uid-7")),
        () -> lost);
  }

  @AfterEach
  void close() {
    client.close();
    cluster.close();
  }

  private JsonNode object() {
    return Json.read(cluster.store().find(key).orElseThrow().json());
  }

  private GateSession noted(String text) {
    return Samples.noted(session, time.wall(), text);
  }

  @Test
  void whatWasKeptIsFoundByAnotherProcess() throws Exception {
    assertThat(store.load()).isEmpty();
    store.save(session);
    store.save(noted("waiting"));

    assertThat(store().load()).contains(noted("waiting"));
  }

  @Test
  void itGoesAwayWithTheTaskRunThatOwnsIt() throws Exception {
    store.save(session);

    JsonNode owner = object().at("/metadata/ownerReferences/0");
    assertThat(owner.path("kind").asText()).isEqualTo("TaskRun");
    assertThat(owner.path("apiVersion").asText()).isEqualTo("tekton.dev/v1");
    assertThat(owner.path("uid").asText()).isEqualTo("uid-7");
  }

  @Test
  void whatAnotherProcessWroteIsNotWrittenOver() throws Exception {
    store.save(session);
    ConfigMapSessionStore other = store();
    other.load();
    other.save(noted("theirs"));

    assertThatThrownBy(() -> store.save(noted("ours")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the session configmap:ci/gate-x7 was changed by another hand");
    assertThat(store().load()).contains(noted("theirs"));
  }

  @Test
  void twoThatBeginAtOnceAreNotBothKept() throws Exception {
    ConfigMapSessionStore other = store();
    assertThat(other.load()).isEmpty();
    store.save(session);

    assertThatThrownBy(() -> other.save(noted("late")))
        .hasMessageContaining("changed by another hand or process");
  }

  @Test
  void deletedInTheMiddleItIsWrittenAgain() throws Exception {
    store.save(session);
    cluster.delete(key);

    store.save(noted("goes on"));

    assertThat(store().load()).contains(noted("goes on"));
  }

  @Test
  void aWriteWhoseAnswerIsLostIsGoneOnFrom() throws Exception {
    store.save(session);
    cluster.faults().on(Call.PATCH, Fault.RESET.afterCarryingItOut()).times(1);
    assertThatThrownBy(() -> store.save(noted("one"))).isInstanceOf(IOException.class);

    store.save(noted("two"));

    assertThat(store().load()).contains(noted("two"));
  }

  @Test
  void aWriteThatNeverArrivedIsMadeAgain() throws Exception {
    store.save(session);
    cluster.faults().on(Call.PATCH, Fault.RESET).times(1);
    assertThatThrownBy(() -> store.save(noted("one"))).isInstanceOf(IOException.class);

    store.save(noted("one"));

    assertThat(store().load()).contains(noted("one"));
  }

  @Test
  void nothingIsWrittenOnceTheLeaseIsLost() throws Exception {
    store.save(session);
    lost = Optional.of("the Lease was taken by another");

    assertThatThrownBy(() -> store.save(noted("late")))
        .hasMessage("the Lease was taken by another");
    assertThat(store().load()).contains(session);
  }

  @Test
  void whatIsNoSessionIsNotTakenForOne() throws Exception {
    store.save(session);
    cluster.change(
        key,
        ObjectStore.Part.WHOLE,
        live -> {
          ((ObjectNode) live.path("data")).put("session.json", "{\"half\":");
          return live;
        });

    assertThatThrownBy(() -> store().load())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("configmap:ci/gate-x7");
  }

  @Test
  void aMissingRightIsNamed() {
    cluster.rights().none().grant("", Set.of("configmaps"), Set.of("get"));

    assertThatThrownBy(() -> store.save(session))
        .hasMessageContaining("the right to create configmaps in namespace ci is missing (403)");
  }
}
