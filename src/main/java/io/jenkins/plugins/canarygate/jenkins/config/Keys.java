package io.jenkins.plugins.canarygate.jenkins.config;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import io.jenkins.plugins.canarygate.jenkins.gates.KeyRing.Key;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Reads what a credential holds. */
public final class Keys {
  private static final int LARGEST = 256 * 1024;

  private Keys() {}

  /**
   * Reads secret text, a secret file, or a name with its password.
   *
   * @throws RefusedException if it is of another kind, or cannot be read; never with what it holds
   */
  public static Key read(StandardCredentials credentials) throws RefusedException {
    if (credentials instanceof StringCredentials text) {
      return new Key(false, text.getSecret().getPlainText());
    }
    if (credentials instanceof StandardUsernamePasswordCredentials login) {
      return Key.login(login.getUsername(), login.getPassword().getPlainText());
    }
    if (!(credentials instanceof FileCredentials file)) {
      throw new RefusedException(
          "the credential '"
              + credentials.getId()
              + "' is of the wrong kind; use secret text (a token, a Honeycomb key), a secret file"
              + " (a kubeconfig), or for Prometheus a username with password");
    }
    try (InputStream in = file.getContent()) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new RefusedException(
            "the credential '" + credentials.getId() + "' is too large to be a kubeconfig");
      }
      return new Key(true, new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new RefusedException(
          "the credential '"
              + credentials.getId()
              + "' cannot be read ("
              + e.getClass().getSimpleName()
              + "); store it again");
    }
  }
}
