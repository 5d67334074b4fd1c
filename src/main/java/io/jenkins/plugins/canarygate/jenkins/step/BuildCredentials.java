package io.jenkins.plugins.canarygate.jenkins.step;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.canarygate.jenkins.config.Keys;
import io.jenkins.plugins.canarygate.jenkins.gates.KeyRing;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The credentials that a build may use, found anew at each call, and tracked. */
final class BuildCredentials implements KeyRing {
  private final Run<?, ?> run;
  private final Set<String> tracked = ConcurrentHashMap.newKeySet();

  BuildCredentials(Run<?, ?> run) {
    this.run = run;
  }

  @Override
  public Key find(String credentialsId) throws RefusedException {
    StandardCredentials found;
    try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
      found = CredentialsProvider.findCredentialById(credentialsId, StandardCredentials.class, run);
    }
    if (found == null) {
      throw new RefusedException(
          "there is no credential '"
              + credentialsId
              + "' that this build may use; see its id and the folder it is in");
    }
    // To note a use writes a file, and a token is looked up for each request.
    if (tracked.add(credentialsId)) {
      CredentialsProvider.track(run, found);
    }
    return Keys.read(found);
  }
}
