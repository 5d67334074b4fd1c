package io.jenkins.plugins.canarygate.jenkins.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.canarygate.gate.Mode;
import io.jenkins.plugins.canarygate.gate.Reaction;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.ClusterSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.HoneycombSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.Limits;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.PrometheusSettings;
import io.jenkins.plugins.canarygate.rollout.Action;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Each refusal has a message of its own, says what to do, and comes before anything is contacted.
 */
class AdmissionTest {
  private static final String SHOP = "shop/checkout";

  private List<ClusterSettings> clusters =
      List.of(cluster("prod", allowance(Action.PROMOTE, Action.ABORT)));
  private List<HoneycombSettings> honeycombs = List.of(honeycomb("prod", "shop/*"));
  private List<PrometheusSettings> servers = List.of(server("main", "shop/*"));
  private PolicyFloor floor = PolicyFloor.NONE;
  private Limits limits = Limits.NONE;
  private GateOrder order = GatesBench.order();

  private static ClusterSettings cluster(String name, Allowance... allowances) {
    return new ClusterSettings(
        name, "https://" + name + ".example", "", "token", false, List.of(allowances));
  }

  private static HoneycombSettings honeycomb(String name, String... jobs) {
    return new HoneycombSettings(name, "https://api.honeycomb.io", "key", 3, List.of(jobs));
  }

  private static PrometheusSettings server(String name, String... jobs) {
    return new PrometheusSettings(
        name, "https://prometheus.example", "login", "", "", List.of(jobs));
  }

  private static Allowance allowance(Action... actions) {
    return new Allowance(List.of("shop/**"), List.of("shop"), Set.of(actions));
  }

  private Admission.Admitted admit(String yaml) throws RefusedException {
    return admit(SHOP, yaml);
  }

  private Admission.Admitted admit(String job, String yaml) throws RefusedException {
    Settings settings =
        new Settings(clusters, honeycombs, servers, floor, limits, false, Optional.empty());
    return new Admission(settings, job)
        .admit(order, new GateText.Bytes("gate.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> refused(String yaml) {
    return refused(SHOP, yaml);
  }

  private List<String> refused(String job, String yaml) {
    return catchThrowableOfType(RefusedException.class, () -> admit(job, yaml)).lines();
  }

  @Test
  void withOneClusterAndOneEnvironmentNeitherNeedBeNamed() throws Exception {
    Admission.Admitted admitted = admit(GatesBench.gate());

    assertThat(admitted.cluster().name()).isEqualTo("prod");
    assertThat(admitted.honeycomb()).map(HoneycombSettings::name).contains("prod");
    assertThat(admitted.spec().commands().abort())
        .isEqualTo("canary-gate abort gate.yaml --reason '…'");
  }

  @Test
  void theAdministratorsCredentialsThatAGateUsesAreKnown() throws Exception {
    assertThat(admit(GatesBench.gate()).administratorsKeys(order)).containsExactly("token", "key");
  }

  @Test
  void whereABuildBringsItsOwnCredentialsTheAdministratorsAreNotUsed() throws Exception {
    order =
        new GateOrder(
            1,
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("own-token"),
            Optional.of("own-key"),
            true,
            false,
            false);

    assertThat(admit(GatesBench.gate()).administratorsKeys(order)).isEmpty();
  }

  @Test
  void aFaultyGateFileIsRefusedWithAllItsFaults() {
    assertThat(refused(GatesBench.gate("onPas: promote", "onFail: perhaps")))
        .anySatisfy(line -> assertThat(line).startsWith("gate.yaml:").contains("onPas"))
        .anySatisfy(line -> assertThat(line).startsWith("gate.yaml:").contains("onFail"));
  }

  @Test
  void anUnknownClusterAndAnUnknownEnvironmentAreEachToldAtOnce() {
    order =
        new GateOrder(
            1,
            Optional.empty(),
            Map.of(),
            Optional.of("staging"),
            Optional.of("test"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            false,
            false);

    assertThat(refused(GatesBench.gate()))
        .containsExactly(
            "no cluster is called 'staging'; see the spelling, or an administrator can add one under"
                + " Manage Jenkins, System, Canary Gate",
            "no Honeycomb environment is called 'test'; see the spelling, or an administrator can"
                + " add one under Manage Jenkins, System, Canary Gate");
  }

  @Test
  void amongSeveralClustersOneMustBeNamed() throws Exception {
    clusters =
        List.of(
            cluster("prod", allowance()), cluster("test", allowance(Action.PROMOTE, Action.ABORT)));

    assertThat(refused(GatesBench.gate()))
        .containsExactly(
            "there is more than one cluster; name one of them in the step or the gate");
    String named = GatesBench.gate().replace("  rollout:\n", "  rollout:\n    cluster: test\n");
    assertThat(admit(named).cluster().name()).isEqualTo("test");
  }

  @Test
  void withoutAnyConfigurationNothingIsAllowed() {
    clusters = List.of();
    honeycombs = List.of();

    assertThat(refused(GatesBench.gate()))
        .hasSize(2)
        .allMatch(line -> line.endsWith("Manage Jenkins, System, Canary Gate"))
        .anyMatch(line -> line.startsWith("no cluster is configured"));
  }

  @Test
  void aJobThatNoAllowanceNamesIsRefused() {
    assertThat(refused("other/checkout", GatesBench.gate()))
        .containsExactly(
            "the job other/checkout is not allowed in namespace shop of cluster prod; an"
                + " administrator can allow it under Manage Jenkins",
            "the job other/checkout is not allowed to ask Honeycomb environment prod; an"
                + " administrator can allow it under Manage Jenkins");
  }

  @Test
  void anotherNamespaceIsRefused() {
    assertThat(refused(GatesBench.gate().replace("namespace: shop", "namespace: bank")))
        .singleElement()
        .asString()
        .contains("is not allowed in namespace bank of cluster prod");
  }

  @Test
  void eachActionThatTheGateCouldComeToIsAskedFor() {
    assertThat(refused(GatesBench.gate("onPass: promoteFully", "onWarn: pause", "onCancel: abort")))
        .containsExactly(
            "the job shop/checkout is not allowed to promoteFully in namespace shop of cluster prod;"
                + " ask an administrator to allow it, or take it out of the gate",
            "the job shop/checkout is not allowed to pause in namespace shop of cluster prod; ask"
                + " an administrator to allow it, or take it out of the gate");
  }

  @Test
  void aHoldIsAPause() {
    assertThat(refused(GatesBench.gate("at: {pause: next, hold: true}")))
        .singleElement()
        .asString()
        .contains("not allowed to pause");
  }

  @Test
  void aDryRunNeedsNoActionToBeAllowed() throws Exception {
    clusters = List.of(cluster("prod", allowance()));
    order =
        new GateOrder(
            1,
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            true,
            false);

    assertThat(admit(GatesBench.gate()).spec().mode()).isEqualTo(Mode.DRY_RUN);
  }

  @Test
  void aGateThatAsksNoHoneycombNeedsNoEnvironment() throws Exception {
    honeycombs = List.of();
    String analysis =
        GatesBench.gate()
            .replaceAll("(?s)  cohorts:.*  checks:.*", "")
            .concat("  checks: [{name: argo agrees, argo: {analysisRuns: required}}]\n");

    assertThat(admit(analysis).honeycomb()).isEmpty();
  }

  @Test
  void thePolicyFloorIsAboveTheGateFile() {
    floor = new PolicyFloor(2, Set.of(Reaction.ABORT), false);

    assertThat(
            refused(
                GatesBench.gate("onFail: none")
                    .replace("fail: \"> 1%\"", "fail: \"> 1%\"\n      optional: true")))
        .containsExactly(
            "the administrator asks for at least 2 checks that count and are not optional, and the"
                + " gate has 0; add checks, or take away dryRun and optional",
            "the administrator does not permit onFail: none; permitted: abort",
            "the administrator permits no optional check, and 'error rate' is one; take away its"
                + " optional: true");
  }

  @Test
  void aGateMayNotTakeLongerThanAllowed() {
    limits = new Limits(Optional.of(Duration.ofMinutes(30)), 0);

    assertThat(refused(GatesBench.gate()))
        .containsExactly("timeouts.total is 45m, and the administrator allows 30m; lower it");
  }

  @Test
  void evidenceFromAnotherNamespaceNeedsTheAdministratorsLeaveAsWell() throws Exception {
    String keptn = "keptn: {metric: {namespace: %s, name: p95}}, fail: '> 1'";
    String yaml =
        """
        apiVersion: canary-gate/v1
        kind: Gate
        metadata: {name: checkout}
        spec:
          rollout: {argo: {namespace: shop, name: checkout}, revision: any}
          checks: [{name: p95, %s}]
        """;

    assertThat(refused(yaml.formatted(keptn.formatted("payroll"))))
        .singleElement()
        .asString()
        .startsWith("the job shop/checkout is not allowed in namespace payroll of cluster prod");
    assertThat(admit(yaml.formatted(keptn.formatted("shop"))).cluster().name()).isEqualTo("prod");
  }

  private static String gateOf(String check, String... more) {
    return """
        apiVersion: canary-gate/v1
        kind: Gate
        metadata: {name: checkout}
        spec:
          rollout: {argo: {namespace: shop, name: checkout}, revision: any}
          checks: [{name: p95, %s}]
        """
            .formatted(check)
        + String.join("\n", more).indent(2);
  }

  private static String analysis(String namespace, String more) {
    return "keptn: {analysis: {namespace: " + namespace + more + "}}";
  }

  private static Allowance analyses(String namespace) {
    return new Allowance(List.of("shop/**"), List.of(namespace), Set.of(), true);
  }

  private void allow(Allowance... more) {
    List<Allowance> all = new ArrayList<>(List.of(more));
    all.add(allowance(Action.PROMOTE, Action.ABORT));
    clusters = List.of(cluster("prod", all.toArray(Allowance[]::new)));
  }

  @Test
  void anAnalysisIsCreatedOnlyWhereThatIsAllowedOfItsOwn() throws Exception {
    String create = gateOf(analysis("shop", ", definition: checkout"));

    assertThat(refused(create))
        .containsExactly(
            "the job shop/checkout is not allowed to create Keptn Analyses in namespace shop of"
                + " cluster prod; ask an administrator to allow it, or name an Analysis that"
                + " exists");

    allow(analyses("shop"));
    assertThat(admit(create).cluster().name()).isEqualTo("prod");
  }

  @Test
  void anAnalysisThatExistsIsOnlyRead() throws Exception {
    assertThat(admit(gateOf(analysis("shop", ", name: nightly"))).cluster().name())
        .isEqualTo("prod");
  }

  @Test
  void anAnalysisElsewhereTakesAnAllowanceForThatNamespaceAndForItsDefinitions() throws Exception {
    String elsewhere =
        gateOf(analysis("keptn", ", definition: checkout, definitionNamespace: catalogue"));

    assertThat(refused(elsewhere))
        .hasSize(2)
        .allMatch(line -> line.startsWith("the job shop/checkout is not allowed in namespace"))
        .anyMatch(line -> line.contains("namespace keptn of"))
        .anyMatch(line -> line.contains("namespace catalogue of"));

    allow(analyses("keptn"));
    assertThat(refused(elsewhere)).singleElement().asString().contains("namespace catalogue of");

    allow(new Allowance(List.of("shop/**"), List.of("keptn", "catalogue"), Set.of()));
    assertThat(refused(elsewhere))
        .singleElement()
        .asString()
        .contains("not allowed to create Keptn Analyses in namespace keptn");

    allow(analyses("keptn"), new Allowance(List.of("shop/**"), List.of("catalogue"), Set.of()));
    assertThat(admit(elsewhere).cluster().name()).isEqualTo("prod");
  }

  @Test
  void anAllowanceOfAnotherJobIsNoneForThisOne() {
    allow(new Allowance(List.of("bank/**"), List.of("*"), Set.of(), true));

    assertThat(refused(gateOf(analysis("shop", ", definition: checkout"))))
        .singleElement()
        .asString()
        .contains("not allowed to create Keptn Analyses");
  }

  @Test
  void aNamespaceByAParameterIsTheOneThatIsLookedAt() {
    String yaml =
        gateOf(
            analysis("'${where}'", ", name: nightly"), "parameters: {where: {default: payroll}}");

    assertThat(refused(yaml)).singleElement().asString().contains("namespace payroll of");
  }

  @Test
  void aGateOnACanaryIsAskedForTheSameActions() throws Exception {
    String canary = GatesBench.gate().replace("argo: {namespace", "flagger: {namespace");

    assertThat(admit(canary).spec().target().kind()).isEqualTo("Canary");
    clusters = List.of(cluster("prod", allowance()));
    assertThat(refused(canary))
        .hasSize(2)
        .anyMatch(line -> line.contains("not allowed to promote in namespace shop"))
        .anyMatch(line -> line.contains("not allowed to abort in namespace shop"));
  }

  @Test
  void aCanaryIsNeverPromotedFully() {
    assertThat(
            refused(
                GatesBench.gate("onPass: promoteFully")
                    .replace("argo: {namespace", "flagger: {namespace")))
        .anyMatch(line -> line.contains("onPass") && line.contains("promoteFully"));
  }

  @Test
  void withOnePrometheusServerItNeedNotBeNamedAndAmongSeveralOneMust() throws Exception {
    String up = gateOf("prometheus: {query: up}, fail: '> 1'");
    assertThat(admit(up).prometheus()).map(PrometheusSettings::name).contains("main");
    assertThat(admit(up).administratorsKeys(order)).containsExactly("token", "login");

    servers = List.of(server("main", "shop/*"), server("eu", "shop/*"));
    assertThat(refused(up))
        .containsExactly(
            "there is more than one Prometheus server; name one of them in the step or the gate");
    assertThat(
            admit(gateOf("prometheus: {query: up}, fail: '> 1'", "prometheus: {server: eu}"))
                .prometheus())
        .map(PrometheusSettings::name)
        .contains("eu");
  }

  @Test
  void anUnknownPrometheusServerIsToldAndOneThatTheJobMayNotAskToo() {
    assertThat(refused(gateOf("prometheus: {query: up}, fail: '> 1'", "prometheus: {server: us}")))
        .containsExactly(
            "no Prometheus server is called 'us'; see the spelling, or an administrator can add one"
                + " under Manage Jenkins, System, Canary Gate");

    servers = List.of(server("main", "bank/*"));
    assertThat(refused(gateOf("prometheus: {query: up}, fail: '> 1'")))
        .containsExactly(
            "the job shop/checkout is not allowed to ask Prometheus server main; an administrator"
                + " can allow it under Manage Jenkins");

    servers = List.of();
    assertThat(refused(gateOf("prometheus: {query: up}, fail: '> 1'")))
        .containsExactly(
            "no Prometheus server is configured; an administrator can add one under Manage"
                + " Jenkins, System, Canary Gate");
  }

  @Test
  void aGateThatAsksNoPrometheusNeedsNoServer() throws Exception {
    servers = List.of();
    assertThat(admit(GatesBench.gate()).prometheus()).isEmpty();
  }
}
