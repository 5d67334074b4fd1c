package io.jenkins.plugins.canarygate.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule M13. */
class PlaceholdersTest {
  private static final Map<String, String> VALUES = Map.of("a", "1", "b.c", "${a}");

  @ParameterizedTest
  @CsvSource({
    "plain,plain", "${a},1", "x${a}y${a},x1y1", "${b.c},${a}", "$${a},${a}", "$$${a},$${a}",
    "$a,$a", "$,$", "$ {a},$ {a}", "},}", "$${,${", "${a}{a},1{a}"
  })
  void m13AValueIsPutInOnceAndTwoDollarsAreOne(String text, String filled) {
    assertThat(Placeholders.fill(text, VALUES)).isEqualTo(filled);
  }

  @Test
  void m13AnUnknownNameAndOneWithoutEndAreRefused() {
    assertThatThrownBy(() -> Placeholders.fill("${x}", VALUES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no ${x} here");
    assertThatThrownBy(() -> Placeholders.fill("a ${x", VALUES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a placeholder ${ does not end with }");
  }

  @Test
  void m13TheTextsOfATreeAreFilledAndItsKeysAreNot() throws Exception {
    JsonNode tree =
        new ObjectMapper().readTree("{\"${a}\": [\"${a}\", 7, true, null, {\"k\": \"$${a}\"}]}");
    assertThat(Placeholders.fill(tree, VALUES))
        .hasToString("{\"${a}\":[\"1\",7,true,null,{\"k\":\"${a}\"}]}");
    assertThat(Placeholders.names(tree)).containsExactly("a");
  }

  @Test
  void namesComeInTheirOrderAndOnce() {
    assertThat(Placeholders.names("${b} $${c} ${a} ${b}")).containsExactly("b", "a");
  }

  @Test
  void whatIsNotKnownYetStays() {
    assertThat(Placeholders.fillKnown("${a}-${cohort}-$${x}", VALUES))
        .isEqualTo("1-${cohort}-$${x}");
  }

  @Property
  void m13FillingInTwoStepsIsFillingInOne(
      @ForAll("pieces") List<String> pieces,
      @ForAll("values") String first,
      @ForAll("values") String later) {
    String text = String.join("", pieces);
    Assume.that(isWhole(text));
    String inSteps =
        Placeholders.fill(
            Placeholders.fillKnown(text, Map.of("first", first)), Map.of("later", later));
    assertThat(inSteps).isEqualTo(Placeholders.fill(text, Map.of("first", first, "later", later)));
  }

  private static boolean isWhole(String text) {
    try {
      return Set.of("first", "later").containsAll(Placeholders.names(text));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Provide
  Arbitrary<List<String>> pieces() {
    return Arbitraries.of("${first}", "${later}", "$${", "$", "{", "}", "later", "x")
        .list()
        .ofMaxSize(12);
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.of("", "$", "$$", "${", "$${", "${later}", "${first}", "{x}", "v", "}");
  }
}
