package io.jenkins.plugins.canarygate.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Promise 6: no secret leaves")
class SecretsTest {
  private final Secrets secrets = new Secrets();

  @Test
  void aSecretThatIsKnownIsHiddenWhereverItTurnsUp() {
    secrets.remember("hcaik_0123456789\n");

    assertThat(secrets.scrub("Unexpected char in hcaik_0123456789!"))
        .isEqualTo("Unexpected char in ***!");
  }

  @Test
  void whatLooksLikeASecretIsHiddenToo() {
    assertThat(secrets.scrub("Authorization: Bearer eyJhbGciOi.J9.x failed"))
        .doesNotContain("eyJhbGciOi");
    assertThat(secrets.scrub("X-Honeycomb-Team: abcdef123")).isEqualTo("X-Honeycomb-Team: ***");
    assertThat(secrets.scrub("GET https://me:pass@host/x")).isEqualTo("GET https://***@host/x");
  }

  @Test
  void aSecretTooShortToBeOneHidesNothing() {
    secrets.remember("a");

    assertThat(secrets.scrub("a plain line")).isEqualTo("a plain line");
  }
}
