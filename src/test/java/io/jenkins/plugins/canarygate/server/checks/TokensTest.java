package io.jenkins.plugins.canarygate.server.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TokensTest {
  private static final String HASH = Sha256.hex("good");

  @Test
  void aTokenIsKnownByItsHash() throws FileFaults {
    Tokens tokens =
        read("# Argo in shop\r\n\r\n" + HASH.toUpperCase() + "  shop,cart\terror-rate,p95\n");
    Grant grant = tokens.find("good").orElseThrow();
    assertThat(grant.namespace("shop")).isTrue();
    assertThat(grant.namespace("cart")).isTrue();
    assertThat(grant.namespace("pay")).isFalse();
    assertThat(grant.check("p95")).isTrue();
    assertThat(grant.check("p99")).isFalse();
    assertThat(grant.onlyNamespace()).isEmpty();
    assertThat(tokens.find("bad")).isEmpty();
    assertThat(tokens.find(HASH)).isEmpty();
    assertThat(tokens.find("")).isEmpty();
    assertThat(tokens.find("good".repeat(1000))).isEmpty();
  }

  @Test
  void aStarIsGoodForAll() throws FileFaults {
    Grant grant = read(HASH + " * *").find("good").orElseThrow();
    assertThat(grant.namespace("anything")).isTrue();
    assertThat(grant.check("anything")).isTrue();
    assertThat(grant.onlyNamespace()).isEmpty();
    assertThat(read(HASH + " shop *").find("good").orElseThrow().onlyNamespace()).contains("shop");
  }

  @Test
  void anEmptyFileKnowsNobody() throws FileFaults {
    assertThat(read("").size()).isZero();
    assertThat(read("# nobody yet\n").find("good")).isEmpty();
  }

  @Test
  void allFaultsAreNamedAtOnceAndNoHashIsRepeated() {
    String bad = HASH.substring(1);
    FileFaults faults =
        catchThrowableOfType(
            FileFaults.class,
            () ->
                read(
                    HASH
                        + " shop error-rate\n"
                        + bad
                        + " shop error-rate\n"
                        + HASH
                        + " cart *\n"
                        + Sha256.hex("b")
                        + " Shop,cart,cart error rate\n"
                        + Sha256.hex("c")
                        + " Shop,cart,cart *,p95\n"));
    assertThat(faults.lines())
        .containsExactly(
            "tokens:2: the first field is no SHA-256 in hex, which has 64 digits; make it with:"
                + " printf %s \"$TOKEN\" | sha256sum",
            "tokens:3: the same token stands in line 1: keep one of the two",
            "tokens:4: must be three fields: the SHA-256 of a token in hex, namespaces, checks;"
                + " lists with commas and without spaces, * for all",
            "tokens:5: 'Shop' is no name of a namespace",
            "tokens:5: names the namespace cart twice",
            "tokens:5: * is every check: name nothing beside it");
    assertThat(faults.getMessage()).doesNotContain(bad.substring(0, 16));
  }

  @Test
  void whatIsNoTextIsRefused() {
    FileFaults faults =
        catchThrowableOfType(
            FileFaults.class, () -> Tokens.read(new byte[] {(byte) 0xff, 0}, "tokens"));
    assertThat(faults.lines())
        .containsExactly("tokens: not text in UTF-8: save it as that, or name the right file");
  }

  private static Tokens read(String text) throws FileFaults {
    return Tokens.read(text.getBytes(StandardCharsets.UTF_8), "tokens");
  }
}
