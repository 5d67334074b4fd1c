package io.jenkins.plugins.canarygate.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.jenkins.gates.Abandoned;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbandonedRowTest {
  @ParameterizedTest
  @CsvSource({
    "checkout#1,                   job/checkout/1/",
    "shop/checkout#12,             job/shop/job/checkout/12/",
    "shop/a b/feature%2Flogin#3,   job/shop/job/a%20b/job/feature%252Flogin/3/",
    "a#b#4,                        job/a%23b/4/",
    "checkout,                     ''",
    "#1,                           ''",
    "//evil.example#1,             job//job//job/evil.example/1/"
  })
  void aBuildIsLinkedBelowJenkinsOwnAddress(String build, String link) {
    Abandoned gate = new Abandoned(build, "g1", "checkout", "Rollout shop/checkout", "why", "at");
    assertThat(new AbandonedRow(gate).getLink()).isEqualTo(link);
  }
}
