package io.jenkins.plugins.canarygate.rollout.flagger;

import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("FL1: the digest of a pod template")
class TemplateDigestTest {
  private static String digest(String template) {
    return TemplateDigest.of(json(template));
  }

  @Test
  void isASha256OfTheCanonicalJson() {
    // printf '{"spec":{"a":1,"b":[true,"x"]}}' | sha256sum
    assertThat(digest("{'spec':{'b':[true,'x'],'a':1}}"))
        .isEqualTo("sha256:e381a7203854b0bf6efed04178cfc8d7fe550d3550f54b1d0f267deaceacc4fb");
  }

  @Test
  void doesNotDependOnTheOrderOfNamesOrOnNulls() {
    assertThat(digest("{'metadata':{'creationTimestamp':null,'labels':{'b':'2','a':'1'}}}"))
        .isEqualTo(digest("{'metadata':{'labels':{'a':'1','b':'2'}}}"));
  }

  @Test
  void dependsOnTheOrderOfContainersAndOnEveryValue() {
    String one = digest("{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}");
    assertThat(digest("{'spec':{'containers':[{'name':'b'},{'name':'a'}]}}")).isNotEqualTo(one);
    assertThat(digest("{'spec':{'containers':[{'name':'a'},{'name':'c'}]}}")).isNotEqualTo(one);
  }

  @Test
  void leavesOutTheNodeSelectorWithWhichFlaggerScalesADaemonSetToZero() {
    String plain = digest("{'spec':{'containers':[]}}");
    assertThat(
            digest(
                "{'spec':{'nodeSelector':{'flagger.app/scale-to-zero':'true'},'containers':[]}}"))
        .isEqualTo(plain);
    assertThat(digest("{'spec':{'nodeSelector':{},'containers':[]}}")).isEqualTo(plain);
    assertThat(
            digest("{'spec':{'nodeSelector':{'disk':'ssd','flagger.app/scale-to-zero':'true'}}}"))
        .isEqualTo(digest("{'spec':{'nodeSelector':{'disk':'ssd'}}}"))
        .isNotEqualTo(digest("{'spec':{}}"));
  }

  @Test
  void doesNotChangeWhatItReads() {
    var template = json("{'spec':{'nodeSelector':{'flagger.app/scale-to-zero':'true'}}}");
    var before = template.deepCopy();
    TemplateDigest.of(template);
    assertThat(template).isEqualTo(before);
  }
}
