package io.jenkins.plugins.canarygate.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * The report as JSON, {@code report.json}.
 *
 * <p>The fields are those of {@link Report} and its parts, by the same names and in the same order.
 * Every field is always there: what is not known is {@code null}, what there is none of is an empty
 * list. Times are ISO 8601 in UTC, values are plain numbers (0.012, never "1.2 %"), scores and only
 * they are percent.
 */
public final class JsonReport {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private JsonReport() {}

  /** The document, indented, with a line end after it. */
  public static String render(Report report) {
    try {
      return MAPPER.writeValueAsString(report) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report could not be written as JSON", e);
    }
  }

  /**
   * Reads a document that {@link #render} wrote; fields that are not known are passed over.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Report read(String json) {
    try {
      Report report = MAPPER.readValue(json, Report.class);
      if (report == null || !Report.FORM.equals(report.report())) {
        throw new IllegalArgumentException("this is no report of the form " + Report.FORM);
      }
      return report;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "this is no report of the form " + Report.FORM + ": " + e.getOriginalMessage(), e);
    }
  }
}
