package io.jenkins.plugins.canarygate.jenkins.symbol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentNamesTest {
  private static final List<String> KNOWN = List.of("gate", "onFail", "onPass");

  @Test
  void knownNamesAreTaken() {
    assertThatCode(() -> ArgumentNames.check("canaryGate", List.of("gate", "onPass"), KNOWN))
        .doesNotThrowAnyException();
  }

  @Test
  void anUnknownNameIsAnErrorThatNamesTheNearest() {
    assertThatThrownBy(() -> ArgumentNames.check("canaryGate", List.of("onFial"), KNOWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("canaryGate takes no 'onFial'; did you mean 'onFail'?");
    assertThatThrownBy(() -> ArgumentNames.check("canaryGate", List.of("whatever"), KNOWN))
        .hasMessage("canaryGate takes no 'whatever'; it takes gate, onFail, onPass");
  }

  @Test
  void aReasonIsTheInnermostAndWithoutPackages() {
    assertThat(
            ArgumentNames.why(
                new IllegalArgumentException(
                    "Could not instantiate {token=hunter2}",
                    new ClassCastException("expects class io.jenkins.plugins.Some but got x"))))
        .isEqualTo("expects Some but got x");
    assertThat(ArgumentNames.why(new IllegalStateException())).endsWith("IllegalStateException");
  }
}
