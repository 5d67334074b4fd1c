package io.jenkins.plugins.canarygate.harness;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.util.Secret;
import io.jenkins.plugins.canarygate.jenkins.config.AllowanceConfiguration;
import io.jenkins.plugins.canarygate.jenkins.config.CanaryGateConfiguration;
import io.jenkins.plugins.canarygate.jenkins.config.ClusterConfiguration;
import io.jenkins.plugins.canarygate.jenkins.config.HoneycombConfiguration;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** What an administrator sets, in the Jenkins that runs now. */
final class Administrator {
  static final String TOKEN = "cluster-token";
  static final String KEY = "honeycomb-key";
  static final String PASSWORD = "a-password";

  /** What {@code sandbox} knows; its own constants are not at hand in another process. */
  private static final String SANDBOX_TOKEN = "sandbox-token";

  private static final String SANDBOX_KEY = "sandbox-honeycomb-key";

  private Administrator() {}

  /** Lets jobs in the folder shop do everything in namespace shop of cluster prod. */
  static void allows(String cluster, String honeycomb) throws Exception {
    List<Credentials> store = SystemCredentialsProvider.getInstance().getCredentials();
    store.clear();
    store.add(text(TOKEN, SANDBOX_TOKEN));
    store.add(text(KEY, SANDBOX_KEY));
    store.add(
        new UsernamePasswordCredentialsImpl(
            CredentialsScope.GLOBAL, PASSWORD, "", "somebody", "a-long-password"));
    SystemCredentialsProvider.getInstance().save();

    CanaryGateConfiguration configuration = CanaryGateConfiguration.get();
    configuration.setClusters(List.of(cluster("prod", cluster, TOKEN, everything())));
    configuration.setHoneycombs(List.of(honeycomb("prod", honeycomb)));
  }

  private static StringCredentialsImpl text(String id, String secret) {
    return new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(secret));
  }

  static ClusterConfiguration cluster(
      String name, String server, String credentialsId, AllowanceConfiguration allowance) {
    ClusterConfiguration cluster = new ClusterConfiguration(name);
    cluster.setServer(server);
    cluster.setCredentialsId(credentialsId);
    cluster.setAllowances(List.of(allowance));
    return cluster;
  }

  static AllowanceConfiguration everything() {
    AllowanceConfiguration allowance = new AllowanceConfiguration("shop/**", "shop");
    allowance.setPromote(true);
    allowance.setPromoteFully(true);
    allowance.setAbort(true);
    allowance.setPause(true);
    allowance.setAnalyses(true);
    return allowance;
  }

  private static HoneycombConfiguration honeycomb(String name, String url) {
    HoneycombConfiguration environment = new HoneycombConfiguration(name);
    environment.setUrl(url);
    environment.setCredentialsId(KEY);
    environment.setResultsPerMinute(60);
    environment.setJobs("shop/**");
    return environment;
  }
}
