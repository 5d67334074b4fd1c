package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.frontend.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Remembers what was found, so that it is hidden wherever a message could come to hold it. */
final class RememberingKeys implements KeyRing {
  private final KeyRing keys;
  private final Secrets secrets;

  RememberingKeys(KeyRing keys, Secrets secrets) {
    this.keys = keys;
    this.secrets = secrets;
  }

  @Override
  public Key find(String credentialsId) throws RefusedException {
    Key key = keys.find(credentialsId);
    if (!key.file()) {
      secrets.remember(key.text());
      key.user().ifPresent(user -> secrets.remember(basic(user, key.text())));
    }
    return key;
  }

  /** As it goes over the wire. */
  private static String basic(String user, String password) {
    return Base64.getEncoder()
        .encodeToString((user + ":" + password.strip()).getBytes(StandardCharsets.UTF_8));
  }
}
