package io.jenkins.plugins.canarygate.jenkins.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.canarygate.jenkins.gates.KeyRing.Key;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.ClusterSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterKeysTest {
  private static final String PEM = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n";

  private final Map<String, Key> credentials = new HashMap<>();
  private final ClusterKeys keys = new ClusterKeys(this::find, Path.of("/nowhere"));

  private Key find(String id) throws RefusedException {
    if (!credentials.containsKey(id)) {
      throw new RefusedException("there is no credential " + id);
    }
    return credentials.get(id);
  }

  private static ClusterSettings cluster(String server, String credentialsId) {
    return new ClusterSettings("prod", server, "", credentialsId, false, List.of());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String kubeconfig(String cluster, String user) {
    return """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts:
        - {name: here, context: {cluster: c, user: u}}
        clusters:
        - name: c
          cluster: {%s}
        users:
        - name: u
          user: {%s}
        """
        .formatted(cluster, user);
  }

  @Test
  void secretTextIsATokenForTheAdministratorsServer() throws Exception {
    credentials.put("token", new Key(false, "s3cret-token\n"));

    Endpoint endpoint = keys.endpoint(cluster("https://k8s.example", "token"), Optional.empty());

    assertThat(endpoint.server()).isEqualTo("https://k8s.example");
    assertThat(endpoint.token()).contains("s3cret-token");
    assertThat(endpoint.toString()).doesNotContain("s3cret");
  }

  @Test
  void aSecretFileIsAKubeconfigOfWhichFourThingsAreTaken() throws Exception {
    credentials.put(
        "file",
        new Key(
            true,
            kubeconfig(
                "server: 'https://k8s.example:6443', certificate-authority-data: " + base64(PEM),
                "client-certificate-data: "
                    + base64(PEM)
                    + ", client-key-data: "
                    + base64("KEY"))));

    Endpoint endpoint = keys.endpoint(cluster("", "file"), Optional.empty());

    assertThat(endpoint)
        .isEqualTo(
            new Endpoint(
                "https://k8s.example:6443",
                Optional.of(PEM),
                Optional.empty(),
                Optional.of(PEM),
                Optional.of("KEY")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exec: {command: sh}",
        "auth-provider: {name: gcp}",
        "tokenFile: /etc/passwd",
        "client-certificate: /etc/passwd",
        "client-key: /etc/passwd",
        "username: me, password: pa55word"
      })
  void whatWouldRunACommandOrReadAFileIsRefusedByName(String user) {
    credentials.put("file", new Key(true, kubeconfig("server: 'https://k8s.example'", user)));

    assertThatThrownBy(() -> keys.endpoint(cluster("", "file"), Optional.empty()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(user.substring(0, user.indexOf(':')))
        .hasMessageContaining("the credential file holds")
        .hasMessageNotContaining("passwd")
        .hasMessageNotContaining("pa55word");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insecure-skip-tls-verify: true",
        "certificate-authority: /etc/passwd",
        "proxy-url: 'http://evil.example'"
      })
  void whatWouldTrustAnybodyOrGoAnotherWayIsRefusedByName(String cluster) {
    credentials.put(
        "file", new Key(true, kubeconfig("server: 'https://k8s.example', " + cluster, "token: t")));

    assertThatThrownBy(() -> keys.endpoint(cluster("", "file"), Optional.empty()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(cluster.substring(0, cluster.indexOf(':')));
  }

  @Test
  void aFileThatIsNoKubeconfigIsToldWithoutWhatItHolds() {
    credentials.put("file", new Key(true, "s3cret: [unclosed"));

    assertThatThrownBy(() -> keys.endpoint(cluster("", "file"), Optional.empty()))
        .hasMessage("the credential file is no kubeconfig: it is not valid YAML; store it again");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://k8s.example",
        "http://127.0.0.1.example",
        "https://user@k8s.example",
        "k8s.example",
        "https://a b"
      })
  void aTokenGoesToNoAddressThatIsNotEncrypted(String server) {
    credentials.put("token", new Key(false, "t0ken-t0ken"));

    assertThatThrownBy(() -> keys.endpoint(cluster(server, "token"), Optional.empty()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("the server of cluster prod");
  }

  @Test
  void aBuildsOwnCredentialBringsAKeyButNeverAnAddress() throws Exception {
    credentials.put("token", new Key(false, "administrators"));
    credentials.put(
        "own",
        new Key(
            true,
            kubeconfig(
                "server: 'https://evil.example', certificate-authority-data: " + base64("EVIL"),
                "token: mine")));

    Endpoint endpoint =
        keys.endpoint(
            cluster("https://k8s.example", "token"),
            Optional.of(new ClusterKeys.Own(this::find, "own")));

    assertThat(endpoint.server()).isEqualTo("https://k8s.example");
    assertThat(endpoint.certificate()).isEmpty();
    assertThat(endpoint.token()).contains("mine");
  }

  @Test
  void aMissingCredentialIsTold() {
    assertThatThrownBy(
            () -> keys.endpoint(cluster("https://k8s.example", "gone"), Optional.empty()))
        .hasMessage("there is no credential gone");
    assertThatThrownBy(() -> keys.endpoint(cluster("https://k8s.example", ""), Optional.empty()))
        .hasMessageContaining("cluster prod has no credential");
  }

  @Test
  void theControllersOwnServiceAccountIsReadWhereItIsSwitchedOnAlone(@TempDir Path pod)
      throws Exception {
    Files.writeString(pod.resolve("token"), "pod-token\n");
    Files.writeString(pod.resolve("ca.crt"), PEM);
    ClusterKeys inPod = new ClusterKeys(this::find, pod);
    ClusterSettings on =
        new ClusterSettings("prod", "https://k8s.example", "", "", true, List.of());

    assertThat(inPod.endpoint(on, Optional.empty()).token()).contains("pod-token");
    assertThat(inPod.endpoint(on, Optional.empty()).certificate()).contains(PEM);
    assertThatThrownBy(() -> keys.endpoint(on, Optional.empty()))
        .hasMessageContaining("runs in no pod that has one");
  }

  @Test
  void aNameWithAPasswordIsNoKeyOfACluster() {
    credentials.put("login", Key.login("me", "pa55word"));

    assertThatThrownBy(
            () -> keys.endpoint(cluster("https://k8s.example", "login"), Optional.empty()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("the credential login is a name with a password")
        .hasMessageNotContaining("pa55word");
  }
}
