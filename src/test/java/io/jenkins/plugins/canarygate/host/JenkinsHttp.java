package io.jenkins.plugins.canarygate.host;

import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import okhttp3.OkHttpClient;

/** OkHttp, as watches meet it in Jenkins. */
public final class JenkinsHttp extends OkHttpClientFactory {
  @Override
  protected void additionalConfig(OkHttpClient.Builder builder) {
    WatchEnding.install(builder);
  }
}
