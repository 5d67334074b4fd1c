package io.jenkins.plugins.canarygate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.jenkins.plugins.canarygate.rollout.flagger.Decision;
import io.jenkins.plugins.canarygate.sandbox.SandboxKeptn;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.tekton.KnownFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/install/gate-server installs, held against the types of Kubernetes' API (the client's,
 * which are generated from its OpenAPI description) and against what the server does.
 */
@Timeout(60)
class InstallFilesTest {
  private static final Path BASE = Path.of("docs", "install", "gate-server");
  private static final Path CHECKS = BASE.resolve("with-checks");
  private static final List<Path> FOLDERS =
      List.of(BASE, BASE.resolve("app-namespace"), BASE.resolve("keptn-namespace"));
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final KubernetesSerialization TYPES = new KubernetesSerialization();
  @TempDir Path folder;

  private static List<JsonNode> documents(Path file) throws IOException {
    List<JsonNode> all = new ArrayList<>();
    YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile()).forEachRemaining(all::add);
    return all;
  }

  private static List<Path> resources(Path where) throws IOException {
    List<Path> files = new ArrayList<>();
    for (JsonNode name : documents(where.resolve("kustomization.yaml")).get(0).path("resources")) {
      files.add(where.resolve(name.asText()));
    }
    return files;
  }

  private static List<HasMetadata> objects() throws IOException {
    List<HasMetadata> objects = new ArrayList<>();
    for (Path where : FOLDERS) {
      for (Path file : resources(where)) {
        for (JsonNode document : documents(file)) {
          objects.add((HasMetadata) TYPES.unmarshal(document.toString()));
        }
      }
    }
    return objects;
  }

  private static <T extends HasMetadata> T one(Class<T> type) throws IOException {
    return all(type).get(0);
  }

  private static <T extends HasMetadata> List<T> all(Class<T> type) throws IOException {
    return objects().stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static PodSpec pod() throws IOException {
    return one(Deployment.class).getSpec().getTemplate().getSpec();
  }

  @Test
  void everyFileBesideAKustomizationIsNamedInIt() throws IOException {
    for (Path where : FOLDERS) {
      try (Stream<Path> there = Files.list(where)) {
        assertThat(
                there.filter(
                    file ->
                        file.toString().endsWith(".yaml") && !file.endsWith("kustomization.yaml")))
            .containsExactlyInAnyOrderElementsOf(resources(where));
      }
    }
  }

  @Test
  void everyFieldIsOneThatKubernetesHas() throws Exception {
    List<HasMetadata> objects = new ArrayList<>(objects());
    assertThat(objects).hasSizeGreaterThan(14);
    objects.add(patch());
    objects.add(patched());
    for (HasMetadata object : objects) {
      assertThat(KnownFields.unknown(object))
          .as(object.getKind() + " " + object.getMetadata().getName())
          .isEmpty();
    }
  }

  @Test
  void aFieldThatKubernetesDoesNotHaveWouldBeFound() throws Exception {
    Object object =
        TYPES.unmarshal(
            "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"spec\":{\"ports\":[{\"prot\":1}]}}");

    assertThat(KnownFields.unknown(object)).containsExactly("Service.Spec.Ports[].prot");
  }

  @Test
  void nothingNamesANamespaceButWhatAKustomizationReplaces() throws IOException {
    assertThat(objects()).allMatch(object -> object.getMetadata().getNamespace() == null);
  }

  @Test
  void thePodCanDoNothingThatItNeedNot() throws IOException {
    PodSpec pod = pod();
    Container server = pod.getContainers().get(0);

    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(65532);
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(server.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(server.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(server.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(server.getResources().getLimits()).containsKey("memory");
    assertThat(pod.getTopologySpreadConstraints()).isNotEmpty();
    assertThat(one(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels())
        .isEqualTo(one(Deployment.class).getSpec().getTemplate().getMetadata().getLabels());
  }

  @Test
  void theCommandTakesTheArgumentsAndStopsWithinTheGracePeriod() throws IOException {
    ServeOptions options = new ServeOptions();
    new picocli.CommandLine(options)
        .parseArgs(
            pod().getContainers().get(0).getArgs().stream()
                .filter(arg -> !arg.equals("serve"))
                .toArray(String[]::new));
    List<String> faults = new ArrayList<>();
    int gate = new ServeSettings(options, faults).read().gate().port();
    int flagger = new ServeSettings(options, faults).read().flagger().port();

    assertThat(faults).isEmpty();
    assertThat(pod().getTerminationGracePeriodSeconds()).isGreaterThan(options.drainSeconds() + 45);
    assertThat(pod().getContainers().get(0).getPorts())
        .anyMatch(port -> port.getName().equals("gate") && port.getContainerPort() == gate)
        .anyMatch(port -> port.getName().equals("flagger") && port.getContainerPort() == flagger);
    assertThat(one(Service.class).getSpec().getPorts())
        .allMatch(port -> port.getTargetPort().getStrVal().equals(port.getName()));
  }

  private static Deployment patch() throws IOException {
    JsonNode component = documents(CHECKS.resolve("kustomization.yaml")).get(0);
    assertThat(component.path("kind").asText()).isEqualTo("Component");
    String file = component.at("/patches/0/path").asText();
    return (Deployment) TYPES.unmarshal(documents(CHECKS.resolve(file)).get(0).toString());
  }

  /** The Deployment with named checks, as a strategic merge makes it: lists by their keys. */
  private static Deployment patched() throws IOException {
    Deployment whole = one(Deployment.class);
    PodSpec pod = whole.getSpec().getTemplate().getSpec();
    PodSpec more = patch().getSpec().getTemplate().getSpec();
    Container server = pod.getContainers().get(0);
    Container with = more.getContainers().get(0);
    assertThat(patch().getMetadata().getName()).isEqualTo(whole.getMetadata().getName());
    assertThat(with.getName()).isEqualTo(server.getName());
    server.setArgs(with.getArgs());
    server.getEnv().addAll(with.getEnv());
    server.getVolumeMounts().addAll(with.getVolumeMounts());
    pod.getVolumes().addAll(more.getVolumes());
    return whole;
  }

  @Test
  void withChecksTheServerFindsItsFilesInWhatIsMountedAndTakesItsArguments() throws IOException {
    PodSpec pod = patched().getSpec().getTemplate().getSpec();
    Container server = pod.getContainers().get(0);
    ServeOptions options = new ServeOptions();
    new picocli.CommandLine(options)
        .parseArgs(
            server.getArgs().stream().filter(arg -> !arg.equals("serve")).toArray(String[]::new));

    for (Path file :
        List.of(options.checks().checks().orElseThrow(), options.checks().tokens().orElseThrow())) {
      VolumeMount mount =
          server.getVolumeMounts().stream()
              .filter(one -> Path.of(one.getMountPath()).equals(file.getParent()))
              .findFirst()
              .orElseThrow();
      assertThat(mount.getReadOnly()).isTrue();
      // A file that is mounted by its subPath never changes.
      assertThat(mount.getSubPath()).isNull();
      assertThat(pod.getVolumes()).anyMatch(volume -> volume.getName().equals(mount.getName()));
    }
    assertThat(server.getEnv())
        .filteredOn(env -> env.getName().equals("HONEYCOMB_API_KEY"))
        .singleElement()
        .satisfies(env -> assertThat(env.getValueFrom().getSecretKeyRef().getOptional()).isTrue());
    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getSecret() != null)
        .allMatch(volume -> volume.getSecret().getDefaultMode() == 0440);
  }

  @Test
  void theRightsInKeptnsNamespacesAreEnoughForNamedChecks() throws Exception {
    try (CommandBench bench = new CommandBench(folder)) {
      bench.cluster.create(new ObjectKey(Resource.NAMESPACES, "", "shop"), Json.object());
      bench.cluster.keptn().answers().otherwise("0.001");
      bench
          .cluster
          .keptn("v1")
          .provider("prometheus", "prometheus")
          .template("errors", "prometheus", "errors")
          .definition("checkout", 90, 50, SandboxKeptn.objective("errors", "0.05", "0.01"))
          .metric("p95", "prometheus", "p95", 10);
      bench.cluster.rights().none();
      for (Role role : all(Role.class)) {
        grant(bench, role.getRules());
      }
      bench.write(
          "checks.yaml",
          """
          apiVersion: canary-gate/v1
          kind: Checks
          spec:
            checks:
              - name: objectives
                keptn: {analysis: {namespace: shop, definition: checkout, recent: 1m}}
              - name: p95
                keptn: {metric: {namespace: shop, name: p95}}
          """);
      bench.write("tokens", ServeBench.hash("a-token") + " shop *");
      try (ServeBench serve =
          ServeBench.start(
              folder,
              bench.env,
              "--checks",
              folder.resolve("checks.yaml").toString(),
              "--token-file",
              folder.resolve("tokens").toString(),
              "--checks-namespace",
              "shop")) {
        for (String check : List.of("objectives", "p95")) {
          String url = serve.gate + "/argo/measure?check=" + check;
          assertThat(serve.get(url, "a-token").statusCode()).as(check).isEqualTo(200);
        }
        assertThat(bench.cluster.requests())
            .filteredOn(request -> request.path().contains("keptn"))
            .isNotEmpty()
            .noneMatch(request -> request.status() == 403);
        assertThat(serve.get(serve.gate + "/metrics").body())
            .contains("canary_gate_checks_shared 1");
      }
    }
  }

  private static void grant(CommandBench bench, List<PolicyRule> rules) {
    for (PolicyRule rule : rules) {
      bench
          .cluster
          .rights()
          .grant(
              rule.getApiGroups().get(0),
              Set.copyOf(rule.getResources()),
              Set.copyOf(rule.getVerbs()));
    }
  }

  @Test
  void flaggersPortIsOpenToFlaggerAlone() throws IOException {
    assertThat(one(NetworkPolicy.class).getSpec().getIngress())
        .filteredOn(
            rule ->
                rule.getPorts().stream()
                    .anyMatch(port -> port.getPort().getStrVal().equals("flagger")))
        .hasSize(1)
        .first()
        .satisfies(
            rule -> {
              assertThat(rule.getPorts()).hasSize(1);
              assertThat(rule.getFrom()).hasSize(1);
              assertThat(rule.getFrom().get(0).getPodSelector().getMatchLabels())
                  .containsEntry("app.kubernetes.io/name", "flagger");
            });
  }

  @Test
  @DisplayName("FL4: the policy leaves a pipeline the decision's annotation, as long as it may be")
  void thePolicyNamesOurAnnotationAndItsLength() throws IOException {
    ValidatingAdmissionPolicy policy = one(ValidatingAdmissionPolicy.class);

    assertThat(policy.getSpec().getVariables())
        .anyMatch(variable -> variable.getExpression().equals("'" + Decision.ANNOTATION + "'"));
    assertThat(policy.getSpec().getValidations())
        .allMatch(validation -> validation.getReason().equals("Forbidden"))
        .anyMatch(validation -> validation.getExpression().contains("<= " + Decision.LARGEST));
    assertThat(policy.getSpec().getFailurePolicy()).isEqualTo("Fail");
  }

  @Test
  void theServersRightsAreEnoughForTheServer() throws Exception {
    try (CommandBench bench = new CommandBench(folder)) {
      GatedCanary canary =
          GatedCanary.waiting(bench.cluster, "shop", "checkout").decide(Decision.Action.PROMOTE);
      GatedCanary agent = GatedCanary.ofDaemonSet(bench.cluster, "shop", "agent");
      agent.decide(Decision.Action.ABORT);
      ClusterRole role =
          objects().stream()
              .filter(ClusterRole.class::isInstance)
              .map(ClusterRole.class::cast)
              .filter(one -> one.getMetadata().getName().equals("canary-gate-server"))
              .findFirst()
              .orElseThrow();
      bench.cluster.rights().none();
      grant(bench, role.getRules());
      try (ServeBench serve = ServeBench.start(folder, bench.env)) {
        serve.awaitLine("watching the Canaries of the cluster: 2");
        assertThat(serve.post(serve.flagger + "/confirm-promotion", canary.body()).statusCode())
            .isEqualTo(200);
        assertThat(serve.post(serve.flagger + "/rollback", agent.body()).statusCode())
            .isEqualTo(200);
        assertThat(bench.cluster.requests()).noneMatch(request -> request.status() == 403);
      }
    }
  }
}
