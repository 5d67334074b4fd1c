package io.jenkins.plugins.canarygate.jenkins.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Run;
import hudson.security.ACL;
import io.jenkins.plugins.canarygate.jenkins.gates.KeyRing;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;
import java.util.List;
import jenkins.model.Jenkins;

/** The credentials of Jenkins' own store, found anew at each call. */
public final class AdministratorKeys implements KeyRing {

  @Override
  public Key find(String credentialsId) throws RefusedException {
    StandardCredentials found = look(credentialsId);
    if (found == null) {
      throw new RefusedException(
          "there is no credential '"
              + credentialsId
              + "' in Jenkins' own store; an administrator can store it, or choose another under"
              + " Manage Jenkins, System, Canary Gate");
    }
    return Keys.read(found);
  }

  /** Lets it be seen of a credential that a build used it; one that is gone meanwhile is not. */
  public static void track(Run<?, ?> build, String credentialsId) {
    StandardCredentials found = look(credentialsId);
    if (found != null) {
      CredentialsProvider.track(build, found);
    }
  }

  private static StandardCredentials look(String credentialsId) {
    return CredentialsProvider.findCredentialByIdInItemGroup(
        credentialsId, StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of());
  }
}
