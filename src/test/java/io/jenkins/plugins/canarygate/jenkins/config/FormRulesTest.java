package io.jenkins.plugins.canarygate.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.jenkins.config.FormRules.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class FormRulesTest {
  /** Of nobody, and of no use but to be read. */
  private static final String CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIIBlDCCATmgAwIBAgIUTkl1Uja2Dbtdc5+r2E18gMPFOGQwCgYIKoZIzj0EAwIw
      HjEcMBoGA1UEAwwTY2FuYXJ5LWdhdGUtZXhhbXBsZTAgFw0yNjExMjUwMTEyNDJa
      GA8yMTI2MTEwMTAxMTI0MlowHjEcMBoGA1UEAwwTY2FuYXJ5LWdhdGUtZXhhbXBs
      ZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABOpLGDM5a4AX/uyxNYRMuUj4mKrB
      qRYgltStAPVETXB0Xv5w9B3gzdcYVPh+f87/ih0WZwLKl4Nw0eaf6JLl93+jUzBR
      MB0GA1UdDgQWBBTucaoRMZVTGPYa8p2vDvoieu0j6DAfBgNVHSMEGDAWgBTucaoR
      MZVTGPYa8p2vDvoieu0j6DAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kA
      MEYCIQDAN/Ns1d8rGgETHnloX+WQg+r+VBQAjgQfPPnq3SP/mwIhANSrS3n94Hjx
      X+Kx8vsAHwR/f3pabspzf88j2MOftfgW
      -----END CERTIFICATE-----
      """;

  private static void right(Rule rule) {
    assertThat(rule).isEqualTo(Rule.OK);
  }

  private static void wrong(Rule rule, String message) {
    assertThat(rule.wrong()).isTrue();
    assertThat(rule.message()).contains(message);
  }

  private static void doubtful(Rule rule, String message) {
    assertThat(rule.wrong()).isFalse();
    assertThat(rule.message()).contains(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"prod", "EU-1", "a", "team_a.prod"})
  void aNameHasLettersDigitsDotsDashesAndUnderscores(String name) {
    right(FormRules.name(name));
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {" ", "-prod", "prod cluster", "prod/eu", "${prod}", "<b>", "prod\n"})
  void anythingElseIsNoName(String name) {
    wrong(FormRules.name(name), Messages.FormRules_name());
  }

  @Test
  void aNameHasAtMost63Characters() {
    right(FormRules.name("a".repeat(63)));
    wrong(FormRules.name("a".repeat(64)), Messages.FormRules_name());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "checkout",
        "shop/checkout",
        "shop/*/main",
        "shop/**",
        "shop/feature%2Flogin",
        "a job/with blanks",
        "one\ntwo, three\r\nfour"
      })
  void jobsAreNamedByTheirFullNamesAndStars(String jobs) {
    right(FormRules.jobs(jobs));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/shop", "shop/", "shop//checkout", "https://ci/job/shop", "sh?p", "a|b"})
  void whatCanBeNoFullNameOfAJobIsWrong(String jobs) {
    wrong(FormRules.jobs(jobs), Messages.FormRules_jobs());
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"  ", "\n,\n"})
  void itIsSaidThatNoJobIsAllowedWhereNoneIsNamed(String jobs) {
    doubtful(FormRules.jobs(jobs), Messages.FormRules_nobody());
  }

  @Test
  void itIsSaidThatEveryJobIsAllowed() {
    doubtful(FormRules.jobs("shop/checkout\n**"), Messages.FormRules_everybody());
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop", "shop-*", "*", "a\nb,c", "0a"})
  void namespacesAreKubernetesNamesAndStars(String namespaces) {
    right(FormRules.namespaces(namespaces));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Shop", "-shop", "shop-", "shop/checkout", "shop checkout", "a\nB"})
  void anythingElseIsNoNamespace(String namespaces) {
    wrong(FormRules.namespaces(namespaces), Messages.FormRules_namespace());
  }

  @Test
  void itIsSaidThatNothingIsAllowedWithoutANamespace() {
    doubtful(FormRules.namespaces(""), Messages.FormRules_nowhere());
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "https://kube.example.com:6443",
        "https://kube.example.com/clusters/c-1",
        "https://[2001:db8::1]:6443",
        "http://127.0.0.1:8080",
        "http://localhost:8080",
        "http://[::1]:8080",
        "  https://kube.example.com  "
      })
  void anAddressIsHttpsUnlessItIsThisMachine(String address) {
    right(FormRules.address(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://kube.example.com",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "https://user:password@kube.example.com",
        "https://user@kube.example.com",
        "https://kube.example.com?token=x",
        "https://kube.example.com#x",
        "ftp://kube.example.com",
        "file:///etc/passwd",
        "jar:file:/x!/y",
        "kube.example.com:6443",
        "https://",
        "https:// kube",
        "javascript:alert(1)"
      })
  void noSecretGoesToAnAddressThatIsNotPlainHttps(String address) {
    wrong(FormRules.address(address), Messages.FormRules_address());
  }

  @ParameterizedTest
  @NullAndEmptySource
  void aCertificateMayBeLeftOut(String certificate) {
    right(FormRules.certificate(certificate));
  }

  @Test
  void oneCertificateOrSeveralAreTaken() {
    right(FormRules.certificate(CERTIFICATE));
    right(FormRules.certificate(CERTIFICATE + "\n" + CERTIFICATE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MIIB",
        "/etc/ssl/ca.pem",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----"
      })
  void whatIsNoCertificateIsWrong(String certificate) {
    wrong(FormRules.certificate(certificate), Messages.FormRules_certificate());
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"0", "-1", "three", "1.5", "99999999999"})
  void aNumberIsWholeAndLargeEnough(String number) {
    wrong(FormRules.number(number, 1), Messages.FormRules_number(1));
    right(FormRules.number(" 1 ", 1));
  }
}
