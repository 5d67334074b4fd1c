package io.jenkins.plugins.canarygate.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsDescriptor;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import io.jenkins.plugins.canarygate.jenkins.gates.KeyRing.Key;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.junit.jupiter.api.Test;

class KeysTest {
  /** A credential of a kind that no gate uses. */
  private static class Other implements StandardCredentials {
    @Override
    public String getId() {
      return "prod";
    }

    @Override
    public String getDescription() {
      return "";
    }

    @Override
    public CredentialsScope getScope() {
      return null;
    }

    @Override
    public CredentialsDescriptor getDescriptor() {
      return null;
    }
  }

  private static final class SecretFile extends Other implements FileCredentials {
    private final byte[] content;

    SecretFile(byte[] content) {
      this.content = content;
    }

    @Override
    public String getFileName() {
      return "kubeconfig";
    }

    @Override
    public InputStream getContent() throws IOException {
      if (content.length == 0) {
        throw new IOException("the-secret is broken");
      }
      return new ByteArrayInputStream(content);
    }
  }

  @Test
  void aSecretFileIsReadAsUtf8() throws Exception {
    byte[] content = "users: [ä]".getBytes(StandardCharsets.UTF_8);
    assertThat(Keys.read(new SecretFile(content))).isEqualTo(new Key(true, "users: [ä]"));
  }

  @Test
  void aSecretFileHasAtMost256KiB() throws Exception {
    assertThat(Keys.read(new SecretFile(new byte[256 * 1024])).text()).hasSize(256 * 1024);
    assertThatThrownBy(() -> Keys.read(new SecretFile(new byte[256 * 1024 + 1])))
        .isInstanceOf(RefusedException.class)
        .hasMessage("the credential 'prod' is too large to be a kubeconfig");
  }

  @Test
  void aFileThatCannotBeReadIsNamedWithoutWhatItHolds() {
    assertThatThrownBy(() -> Keys.read(new SecretFile(new byte[0])))
        .isInstanceOf(RefusedException.class)
        .hasMessage("the credential 'prod' cannot be read (IOException); store it again")
        .hasNoCause();
  }

  @Test
  void anotherKindIsRefusedWithTheKindsThereAre() {
    assertThatThrownBy(() -> Keys.read(new Other()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("'prod' is of the wrong kind")
        .hasMessageContaining("secret text")
        .hasMessageContaining("secret file");
  }
}
