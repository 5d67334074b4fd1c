package io.jenkins.plugins.canarygate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.jenkins.plugins.canarygate.gate.Verdict;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class JunitReportTest {

  @Test
  void eachCheckOfEachPointIsATestCaseAndTheGateIsOne() throws Exception {
    Document document = parse(Reports.failed());

    assertThat(cases(document).stream().map(test -> test.getAttribute("name")))
        .containsExactly("error rate", "saturation", "availability", "latency", "verdict");
  }

  @Test
  void aFailedCheckIsAFailureAndWhatWasNotCountedOrNotReachedIsSkipped() throws Exception {
    List<Element> cases = cases(parse(Reports.failed()));

    assertThat(cases.stream().map(JunitReportTest::result))
        .containsExactly("failure", "skipped", "skipped", "skipped", "failure");
    assertThat(child(cases.get(0)).getAttribute("message"))
        .startsWith("1.8 %, stable 0.9 %; fail > 1%");
    assertThat(cases.get(0).getAttribute("time")).isEqualTo("360.000");
  }

  @Test
  void theCountsOfASuiteAreThoseOfItsCases() throws Exception {
    Element suite = (Element) parse(Reports.failed()).getElementsByTagName("testsuite").item(0);

    assertThat(suite.getAttribute("tests")).isEqualTo("4");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("3");
    assertThat(suite.getAttribute("errors")).isEqualTo("0");
    assertThat(suite.getAttribute("timestamp")).isEqualTo("2026-11-22T10:01:00");
  }

  @ParameterizedTest
  @CsvSource({
    "PASS,0,system-out",
    "WARN,0,system-out",
    "FAIL,10,failure",
    "WARN,10,failure",
    "INCONCLUSIVE,11,error",
    "TIMEOUT,12,error",
    "SUPERSEDED,13,skipped",
    "CANCELLED,14,skipped",
    "NOT_GATED,15,failure",
    "NOT_GATED,0,system-out",
    "ERROR,1,error",
    "PASS,1,error",
    "FAIL,1,failure"
  })
  void theGatesOwnCaseFollowsItsVerdict(Verdict verdict, int exitCode, String result)
      throws Exception {
    List<Element> cases = cases(parse(Reports.endedWith(verdict, exitCode)));

    assertThat(result(cases.get(cases.size() - 1))).isEqualTo(result);
  }

  @Test
  void aCheckWithoutEvidenceIsAnErrorWhereTheGateMissedIt() throws Exception {
    assertThat(result(cases(parse(Reports.endedWith(Verdict.INCONCLUSIVE, 11))).get(0)))
        .isEqualTo("error");
    assertThat(result(cases(parse(Reports.endedWith(Verdict.CANCELLED, 14))).get(0)))
        .isEqualTo("skipped");
  }

  @Test
  void aGateThatHasNotEndedIsAnError() throws Exception {
    Report report = Report.of(Reports.failing("x"), Sessions.begun(Reports.failing("x")));

    assertThat(result(cases(parse(report)).get(0))).isEqualTo("error");
  }

  @Test
  void nothingOfAHostileNameBreaksTheDocument() throws Exception {
    Document document = parse(Reports.nasty());

    assertThat(cases(document)).hasSize(2);
    assertThat(cases(document).get(0).getAttribute("name"))
        .startsWith("a|b `c` ``` <script>x</script> <!-- & ]]> \"q\" 'r'")
        .endsWith(" z");
  }

  @Test
  void everyReportKeepsTheKnownSchema() {
    for (Report report :
        List.of(Reports.failed(), Reports.nasty(), Reports.endedWith(Verdict.PASS, 0))) {
      assertThatCode(() -> validate(JunitReport.render(report))).doesNotThrowAnyException();
    }
  }

  private static void validate(String xml) throws Exception {
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(JunitReportTest.class.getResource("junit.xsd"))
        .newValidator()
        .validate(new StreamSource(new StringReader(xml)));
  }

  private static Document parse(Report report) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(JunitReport.render(report))));
  }

  private static List<Element> cases(Document document) {
    NodeList nodes = document.getElementsByTagName("testcase");
    List<Element> cases = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      cases.add((Element) nodes.item(i));
    }
    return cases;
  }

  private static String result(Element test) {
    return child(test).getTagName();
  }

  private static Element child(Element test) {
    return (Element) test.getFirstChild();
  }
}
