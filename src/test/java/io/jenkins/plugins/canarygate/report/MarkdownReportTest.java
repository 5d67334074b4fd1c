package io.jenkins.plugins.canarygate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.gate.Verdict;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;
import org.junit.jupiter.api.Test;

/** Reads the document back with a parser of GitHub's Markdown. */
class MarkdownReportTest {
  private static final Parser PARSER =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();

  @Test
  void theVerdictComesFirstAndThenOneLineOfWhy() {
    Node document = parse(Reports.failed());

    assertThat(text(document.getFirstChild())).isEqualTo("checkout: FAIL, aborted");
    assertThat(text(document.getFirstChild().getNext())).isEqualTo("error rate: 1.8 % is bad");
  }

  @Test
  void theCommandsStandInABlockReadyToCopy() {
    assertThat(all(parse(Reports.failed()), FencedCodeBlock.class))
        .singleElement()
        .satisfies(
            block ->
                assertThat(block.getLiteral())
                    .isEqualTo(
                        "The canary serves 20 %.\npromote: "
                            + Sessions.PROMOTE
                            + "\nabort: "
                            + Sessions.ABORT
                            + "\n"));
  }

  @Test
  void whatAPagePlotsIsSaidInALine() {
    assertThat(MarkdownReport.render(Reports.failed()))
        .contains(
            "Over the window:\n\n"
                + "- error rate, 10\\:03 to 10\\:06 UTC\\: canary 0\\.4 % to 1\\.8 %, no value at 1 of 4"
                + " points; stable 0\\.9 %\n");
    assertThat(MarkdownReport.render(Reports.endedWith(Verdict.ERROR, 1)))
        .doesNotContain("Over the window");
  }

  @Test
  void eachCheckIsARowWithVerdictValueCriterionWindowSamplesAndLink() {
    List<List<String>> rows = rows(parse(Reports.failed()));

    assertThat(rows)
        .contains(
            List.of(
                "error rate",
                "FAIL",
                "1.8 %, stable 0.9 %; fail > 1%; 10:01 to 10:06 UTC; 1,204 samples, stable 11,804; 1 of 2 measurements",
                "2 of 2",
                "“honeycomb checkout” (https://ui.honeycomb.io/shop/result/abc)"
                    .replace("“", "\"")
                    .replace("”", "\"")));
    assertThat(rows)
        .anySatisfy(row -> assertThat(row).contains("saturation (dry run, not counted)"));
    assertThat(rows).anySatisfy(row -> assertThat(row).contains("availability (optional)"));
  }

  @Test
  void actionsAndTimelineFollow() {
    assertThat(all(parse(Reports.failed()), Heading.class).stream().map(MarkdownReportTest::text))
        .containsExactly(
            "checkout: FAIL, aborted",
            "Gate point 1, the pause at step 1 of 7: FAIL",
            "Actions",
            "Timeline");
    assertThat(MarkdownReport.render(Reports.failed()))
        .contains("abort asked 10\\:08\\:00, sent 1 time\\(s\\)\\: seen in effect 10\\:08\\:10");
  }

  @Test
  void nothingOfAHostileNameBecomesMarkup() {
    Node document = parse(Reports.nasty());

    assertHarmless(document);
    assertThat(all(document, Heading.class)).hasSize(3);
    assertThat(text(document.getFirstChild()))
        .startsWith("a|b `c` ``` <script>x</script> <!-- & ]]> \"q\" 'r' **d** _e_ # f");
    assertThat(rows(document)).allSatisfy(row -> assertThat(row.size()).isIn(2, 5));
    assertThat(rows(document)).anySatisfy(row -> assertThat(row.get(0)).startsWith("a|b `c`"));
  }

  @Property(tries = 500)
  void anyTextIsShownAsItIs(
      @ForAll
          @Chars({
            '|', '`', '\\', '<', '>', '&', '*', '_', '[', ']', '(', ')', '#', '!', '~', '-', '+',
            '=', '1', '.', 'a', ' ', '\n', '\t', ':', '/', '@', '"', ';'
          })
          @StringLength(max = 30)
          String text) {
    Node document = PARSER.parse("x " + MarkdownText.escape(text) + " y\n");

    assertHarmless(document);
    assertThat(document.getFirstChild()).isInstanceOf(Paragraph.class);
    assertThat(text(document).replaceAll("\\s+", " "))
        .isEqualTo(("x " + text + " y").replaceAll("\\s+", " "));
  }

  @Property(tries = 500)
  void anyTextIsOneCellOfATable(
      @ForAll @Chars({'|', '`', '\\', '<', '\n', 'a', ' ', '-'}) @StringLength(max = 20)
          String text) {
    Node document =
        PARSER.parse("| a | b |\n| --- | --- |\n| " + MarkdownText.escape(text) + " | z |\n");

    assertThat(rows(document)).hasSize(2);
    assertThat(rows(document).get(1).get(0).replaceAll("\\s+", " ").strip())
        .isEqualTo(text.replaceAll("\\s+", " ").strip());
    assertThat(rows(document).get(1).get(1)).isEqualTo("z");
  }

  @Test
  void aBlockIsFencedByMoreBackticksThanItHolds() {
    Node document = PARSER.parse(MarkdownText.block(List.of("````", "# no heading")));

    assertThat(all(document, FencedCodeBlock.class))
        .singleElement()
        .returns("````\n# no heading\n", FencedCodeBlock::getLiteral);
    assertThat(all(document, Heading.class)).isEmpty();
  }

  private static void assertHarmless(Node document) {
    assertThat(all(document, HtmlBlock.class)).isEmpty();
    assertThat(all(document, HtmlInline.class)).isEmpty();
    assertThat(all(document, Image.class)).isEmpty();
    assertThat(all(document, Code.class)).isEmpty();
    assertThat(all(document, Link.class)).isEmpty();
  }

  private static Node parse(Report report) {
    return PARSER.parse(MarkdownReport.render(report));
  }

  private static List<List<String>> rows(Node document) {
    return all(document, TableRow.class).stream()
        .map(row -> all(row, TableCell.class).stream().map(MarkdownReportTest::text).toList())
        .toList();
  }

  private static String text(Node node) {
    Node alone = node;
    return TextContentRenderer.builder()
        .extensions(List.of(TablesExtension.create()))
        .build()
        .render(alone)
        .strip()
        .replaceAll("\\|$", "")
        .strip();
  }

  private static <T extends Node> List<T> all(Node from, Class<T> type) {
    List<T> found = new ArrayList<>();
    for (Node node = from.getFirstChild(); node != null; node = node.getNext()) {
      if (type.isInstance(node)) {
        found.add(type.cast(node));
      }
      found.addAll(all(node, type));
    }
    return found;
  }
}
