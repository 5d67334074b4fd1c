package io.jenkins.plugins.canarygate.jenkins.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.security.ACL;
import io.jenkins.plugins.canarygate.jenkins.gates.KeyRing;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;
import java.util.List;
import jenkins.model.Jenkins;

/** The credentials of Jenkins' own store, found anew at each call. */
public final class AdministratorKeys implements KeyRing {

  @Override
  public Key find(String credentialsId) throws RefusedException {
    StandardCredentials found =
        CredentialsProvider.findCredentialByIdInItemGroup(
            credentialsId, StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of());
    if (found == null) {
      throw new RefusedException(
          "there is no credential '"
              + credentialsId
              + "' in Jenkins' own store; an administrator can store it, or choose another under"
              + " Manage Jenkins, System, Canary Gate");
    }
    return Keys.read(found);
  }
}
