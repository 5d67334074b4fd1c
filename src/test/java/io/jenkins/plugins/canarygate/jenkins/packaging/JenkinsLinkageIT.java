package io.jenkins.plugins.canarygate.jenkins.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whether all that the shipped classes use is there, as they use it, in a real Jenkins. */
class JenkinsLinkageIT {
  @Test
  void everyClassMethodAndFieldThatThePluginUsesIsInJenkinsAndItsPlugins() throws Exception {
    Hpi hpi = Hpi.built();
    Map<String, byte[]> ours = Jars.classes(hpi.inner());
    Map<String, byte[]> all = new HashMap<>(RealJenkins.classes(hpi.dependencies()));
    all.putAll(ours);
    Linkage linkage = new Linkage(new Classes(all), ours::containsKey);

    ours.values().forEach(linkage::link);

    assertThat(linkage.faults()).isEmpty();
  }
}
