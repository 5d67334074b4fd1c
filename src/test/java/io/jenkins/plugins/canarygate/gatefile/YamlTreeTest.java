package io.jenkins.plugins.canarygate.gatefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTreeTest {

  @ParameterizedTest
  @CsvSource({
    "yes,TEXT",
    "on,TEXT",
    "No,TEXT",
    "True,TEXT",
    "~,TEXT",
    "Null,TEXT",
    "0x10,TEXT",
    "012,TEXT",
    "+1,TEXT",
    ".5,TEXT",
    ".inf,TEXT",
    "1_000,TEXT",
    "12:30:45,TEXT",
    "2026-01-01,TEXT",
    "true,BOOLEAN",
    "false,BOOLEAN",
    "null,NULL",
    "0,NUMBER",
    "-1.50,NUMBER",
    "1e3,NUMBER"
  })
  void onlyTheWordsAndNumbersOfJsonAreMoreThanText(String plain, Node.Kind kind) {
    Node.Scalar scalar = (Node.Scalar) field(tree("a: " + plain), "a");
    assertThat(scalar.kind()).isEqualTo(kind);
    assertThat(scalar.text()).isEqualTo(plain);
  }

  @Test
  void whatIsQuotedIsText() {
    assertThat(((Node.Scalar) field(tree("a: '1'"), "a")).kind()).isEqualTo(Node.Kind.TEXT);
    assertThat(((Node.Scalar) field(tree("a: \"true\""), "a")).kind()).isEqualTo(Node.Kind.TEXT);
    assertThat(((Node.Scalar) field(tree("a: |\n  null\n"), "a")).kind()).isEqualTo(Node.Kind.TEXT);
  }

  @Test
  void keysAndValuesKnowTheirPlaces() {
    Node.Mapping tree = (Node.Mapping) tree("# first\na:\n  - b: 1\n    \"c\": [x, y]\n");
    Node.Mapping item = (Node.Mapping) ((Node.Sequence) field(tree, "a")).items().get(0);
    assertThat(tree.fields().get(0).place()).isEqualTo(new Place(2, 1));
    assertThat(item.fields().get(0).place()).isEqualTo(new Place(3, 5));
    assertThat(item.fields().get(1).place()).isEqualTo(new Place(4, 5));
    assertThat(((Node.Sequence) field(item, "c")).items().get(1).place())
        .isEqualTo(new Place(4, 14));
  }

  @Test
  void mergeKeysStayWhatTheyLookLike() {
    assertThat(((Node.Mapping) tree("<<: {a: 1}")).fields().get(0).key()).isEqualTo("<<");
  }

  @Test
  void jsonIsReadWithTabsToo() {
    Node tree = tree("{\n\t\"a\":\t[1, \"x\\u00e9\\n\"],\n\t\"b\": {\"c\": null}\n}\n");
    assertThat(JsonTree.of(tree)).hasToString("{\"a\":[1,\"xé\\n\"],\"b\":{\"c\":null}}");
  }

  @Test
  void aTabWhereNeitherJsonNorYamlHasOneIsNamed() {
    assertThat(faults("{\n\t\"a\": 1,\n\tb: 2}"))
        .containsExactly(
            "g:3:2: not JSON from here on, and YAML takes no tabs: indent with spaces");
    assertThat(((Node.Scalar) field(tree("{a: \"x\ty\"}"), "a")).text()).isEqualTo("x\ty");
    assertThat(((Node.Scalar) field(tree("a: \"x\ty\""), "a")).text()).isEqualTo("x\ty");
  }

  @Test
  void aByteOrderMarkIsNoFault() {
    assertThat(tree("\uFEFFa: 1")).isInstanceOf(Node.Mapping.class);
  }

  @Test
  void numbersKeepTheirDigits() {
    assertThat(JsonTree.of(tree("[0.10, 1e3, 12345678901234567890, 7]")))
        .hasToString("[0.10,1E+3,12345678901234567890,7]");
  }

  @Test
  void duplicatesAreFaultsThatNameBothLines() {
    assertThat(faults("a: 1\nb: {c: 1,\n  c: 2}\na: 2\n"))
        .containsExactly(
            "g:3:3: b.c: given twice, first in line 2: keep one",
            "g:4:1: a: given twice, first in line 1: keep one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: &x 1| g:1:4: a: an anchor (&) cannot be used: write the value out",
        "a: [*x]| g:1:5: a[0]: an alias (*) cannot be used: write the value out",
        "a: !!int 1| g:1:4: a: a tag (!) cannot be used: leave it out",
        "a: !x {b: 1}| g:1:4: a: a tag (!) cannot be used: leave it out",
        "? [a]| g:1:3: a key must be a word, not a list",
        "--- {a: 1}\\n--- {}| g:2:1: a gate file is one document: put others elsewhere",
        "a: 1e400| g:1:4: a: no number that could be reckoned with",
        "a: 1e-99999999999| g:1:4: a: no number that could be reckoned with",
        "a: \"\\\\e[31m\"| g:1:4: a: holds a control character",
        "a: \"\\\\ud800\"| g:1:4: a: holds a control character",
      })
  void whatAGateFileHasNoUseForIsRefused(String text, String fault) {
    assertThat(faults(text.replace("\\n", "\n").replace("\\\\", "\\"))).containsExactly(fault);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n\n"})
  void anEmptyFileIsSaidToBeEmpty(String text) {
    assertThat(faults(text))
        .containsExactly("g: the file is empty; see docs/gate-file.md for an example");
  }

  @Test
  void aFileOfCommentsIsSaidToHoldNothingElse() {
    assertThat(faults("# nothing\n# at all\n"))
        .containsExactly(
            "g: the file holds nothing but comments; see docs/gate-file.md for an example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: [1, 2", "a: b: c", "a: 'x", "\ta: 1", "a: 1\n b: 2", "%FOO", "}"})
  void whatIsNeitherYamlNorJsonHasItsPlace(String text) {
    assertThat(faults(text))
        .singleElement()
        .asString()
        .matches("g:[0-9]+:[0-9]+: neither YAML nor JSON: .{5,}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{fail: > 1%}", "fail: > 1%", "a:\n  - fail: >= 5\n    b: 1"})
  void aCriterionWithoutQuotesIsRecognized(String text) {
    assertThat(faults(text))
        .singleElement()
        .asString()
        .contains("neither YAML nor JSON: ")
        .endsWith("; a criterion needs quotes, as \"> 1%\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? "})
  void deepNestingIsRefusedRatherThanFollowed(String opening) {
    assertThat(faults(opening.repeat(20_000)))
        .singleElement()
        .asString()
        .contains("nested more than 50 deep");
  }

  @Test
  void whatIsNoTextIsRefused() {
    assertThat(faults(new byte[] {'a', ':', ' ', (byte) 0xC3, '('}))
        .containsExactly(
            "g: the file is not text in UTF-8: save it as that, or name the right file");
    assertThat(faults("a: 1\nb: x\u0000y"))
        .containsExactly(
            "g:2:5: the file holds the control character U+0000: take it out, or name the right file");
    assertThat(faults("a: 1".getBytes(StandardCharsets.UTF_16)))
        .containsExactly(
            "g: the file is not text in UTF-8: save it as that, or name the right file");
    assertThat(faults("a: 1".getBytes(StandardCharsets.UTF_16LE)))
        .singleElement()
        .asString()
        .contains("U+0000");
  }

  @Test
  void moreThan256KilobytesAreNotReadAtAll() {
    assertThat(faults(new byte[256 * 1024 + 1]))
        .containsExactly(
            "g: the file has 262145 bytes; a gate file has at most 262144: name the right file, or"
                + " make several gates of it");
  }

  private static Node tree(String text) {
    Faults faults = new Faults();
    Optional<Node> tree =
        FileText.of(TestGates.bytes(text), faults).flatMap(t -> JsonTabs.read(t, faults));
    assertThat(faults.sorted()).isEmpty();
    return tree.orElseThrow();
  }

  private static Node field(Node tree, String key) {
    return ((Node.Mapping) tree).get(key).orElseThrow();
  }

  private static List<String> faults(String text) {
    return faults(TestGates.bytes(text));
  }

  /** The faults of the text as such, without those of a file that is no gate. */
  private static List<String> faults(byte[] content) {
    try {
      GateFile.read(content, "g", Map.of());
      return List.of();
    } catch (GateFileException e) {
      return e.faults().stream()
          .map(fault -> fault.in("g"))
          .filter(f -> !f.endsWith("is missing") && !f.contains("unknown field"))
          .toList();
    }
  }
}
