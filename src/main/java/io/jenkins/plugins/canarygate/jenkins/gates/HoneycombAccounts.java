package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombAnswers;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombClient;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombQuota;
import io.jenkins.plugins.canarygate.frontend.HoneycombAccount;
import io.jenkins.plugins.canarygate.jenkins.gates.KeyRing.Key;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.HoneycombSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.Proxy;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;

/**
 * Accounts at Honeycomb: all gates of an environment share its quota and its answers. Keys are
 * looked up anew for each request.
 */
final class HoneycombAccounts implements AutoCloseable {
  private final KeyRing administrator;
  private final InstantSource clock;
  private final OkHttpClient connections = HoneycombClient.connections();
  private final HoneycombAnswers answers = new HoneycombAnswers();
  private final Map<String, HoneycombQuota> quotas = new HashMap<>();

  HoneycombAccounts(KeyRing administrator, InstantSource clock) {
    this.administrator = administrator;
    this.clock = clock;
  }

  /**
   * An account for a gate; nothing is contacted.
   *
   * @param own the build's own key, where it brings one
   * @throws RefusedException if the key is missing or of the wrong kind
   */
  HoneycombAccount account(
      HoneycombSettings environment, Optional<ClusterKeys.Own> own, Optional<Proxy> proxy)
      throws RefusedException {
    key(environment, own);
    try {
      HoneycombClient client =
          new HoneycombClient(
              Connections.to(environment.address(), connections, proxy),
              environment.address(),
              () -> now(environment, own),
              clock);
      return new HoneycombAccount(
          client,
          quota(environment),
          answers,
          "the results a minute that Jenkins may create there");
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          "the address of Honeycomb environment "
              + environment.name()
              + " is none; an administrator can mend it");
    }
  }

  @Override
  public void close() {
    Connections.close(connections);
  }

  private synchronized HoneycombQuota quota(HoneycombSettings environment) {
    // With another number of results a new line begins.
    quotas.computeIfPresent(
        environment.name(),
        (name, quota) -> quota.perMinute() == environment.resultsPerMinute() ? quota : null);
    return quotas.computeIfAbsent(
        environment.name(), name -> new HoneycombQuota(environment.resultsPerMinute()));
  }

  private String now(HoneycombSettings environment, Optional<ClusterKeys.Own> own) {
    try {
      return key(environment, own);
    } catch (RefusedException gone) {
      throw new IllegalStateException(gone.getMessage());
    }
  }

  private String key(HoneycombSettings environment, Optional<ClusterKeys.Own> own)
      throws RefusedException {
    String id = own.map(ClusterKeys.Own::credentialsId).orElse(environment.credentialsId());
    if (id.isEmpty()) {
      throw new RefusedException(
          "Honeycomb environment "
              + environment.name()
              + " has no credential; an administrator can choose one under Manage Jenkins");
    }
    Key key = (own.isPresent() ? own.get().keys() : administrator).find(id);
    if (key.file() || key.user().isPresent()) {
      throw new RefusedException(
          "the credential "
              + id
              + (key.file() ? " is a secret file" : " is a name with a password")
              + "; a Honeycomb key is secret text");
    }
    return key.text().strip();
  }
}
