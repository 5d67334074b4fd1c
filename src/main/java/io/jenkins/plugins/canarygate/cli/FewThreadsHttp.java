package io.jenkins.plugins.canarygate.cli;

import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientImpl;
import io.jenkins.plugins.canarygate.host.NamedThreads;
import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP client for clusters with a few threads of its own, however many requests and watches
 * there are. fabric8's takes a thread for each answer that is being read, so that a burst of events
 * makes dozens. It follows no redirect. To be given to {@code
 * KubernetesClientBuilder.withHttpClientFactory}; one for each client, since closing the client
 * ends the threads.
 */
public final class FewThreadsHttp extends JdkHttpClientFactory {
  private static final int THREADS = 4;

  private final ExecutorService threads;

  public FewThreadsHttp() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new NamedThreads("canary-gate-http"));
    pool.allowCoreThreadTimeOut(true);
    threads = pool;
  }

  @Override
  protected void additionalConfig(HttpClient.Builder builder) {
    // A redirect would take the credentials to whatever address it names.
    builder.executor(threads).followRedirects(HttpClient.Redirect.NEVER);
  }

  @Override
  protected void closeHttpClient(JdkHttpClientImpl client) {
    threads.shutdownNow();
  }
}
