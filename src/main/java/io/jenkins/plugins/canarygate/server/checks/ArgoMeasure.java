package io.jenkins.plugins.canarygate.server.checks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.gatefile.Checks;
import io.jenkins.plugins.canarygate.server.Question;
import io.jenkins.plugins.canarygate.server.Reply;
import io.jenkins.plugins.canarygate.server.checks.RefusedException.Reason;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers Argo's {@code web} metric provider. What is no evidence is answered with 503, which Argo
 * counts as an error whatever the conditions of its metric say. A caller that wants to tell it
 * apart asks with {@code unknown=answer} and gets 200 without a {@code value}: {@code {$.value}} is
 * an error still, and conditions that look at {@code result.evidence} make it inconclusive.
 */
final class ArgoMeasure {
  static final String PATH = "/argo/measure";

  /** Argo waits for 10 s unless its metric says otherwise. */
  static final Duration PATIENCE = Duration.ofSeconds(8);

  private static final String CHECK = "check";
  private static final String UNKNOWN = "unknown";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final CheckDesk desk;

  ArgoMeasure(CheckDesk desk) {
    this.desk = desk;
  }

  CompletionStage<Reply> answer(Question question) {
    try {
      Grant grant = desk.grant(question.bearer());
      Map<String, String> given = given(question);
      boolean answerUnknown = answerUnknown(given.remove(UNKNOWN));
      String check = given.remove(CHECK);
      if (check == null) {
        throw desk.refused(Reason.QUESTION, "say which check, with the parameter check");
      }
      Optional<String> namespace = Optional.ofNullable(given.remove(Checks.NAMESPACE));
      return desk.ask(grant, new CheckQuestion(check, namespace, given), PATIENCE)
          .thenApply(answered -> reply(answered, answerUnknown));
    } catch (RefusedException e) {
      return CompletableFuture.completedFuture(refusal(e));
    }
  }

  private boolean answerUnknown(String word) throws RefusedException {
    if (word != null && !word.equals("answer")) {
      throw desk.refused(Reason.QUESTION, "unknown may be 'answer' and nothing else");
    }
    return word != null;
  }

  /** The parameters of the address and the fields of the body, each once. */
  private Map<String, String> given(Question question) throws RefusedException {
    Map<String, String> given = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> parameter : question.query().entrySet()) {
      if (parameter.getValue().size() > 1) {
        throw desk.refused(Reason.QUESTION, "a parameter is given twice");
      }
      given.put(parameter.getKey(), parameter.getValue().get(0));
    }
    for (Map.Entry<String, JsonNode> field : body(question.body()).properties()) {
      if (!field.getValue().isTextual()) {
        throw desk.refused(Reason.QUESTION, "every field of the body must be text");
      }
      if (given.put(field.getKey(), field.getValue().textValue()) != null) {
        throw desk.refused(
            Reason.QUESTION, "a parameter is given in the address and in the body: give it once");
      }
    }
    return given;
  }

  private ObjectNode body(String text) throws RefusedException {
    if (text.isBlank()) {
      return JSON.createObjectNode();
    }
    try {
      if (JSON.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      // It is none.
    }
    throw desk.refused(
        Reason.QUESTION, "the body must be a JSON object of texts, as {\"check\": \"error-rate\"}");
  }

  private static Reply refusal(RefusedException e) {
    ObjectNode json = JSON.createObjectNode().put("evidence", false).put("why", e.getMessage());
    return Reply.json(e.reason().status(), json.toString());
  }

  private static Reply reply(Answered answered, boolean answerUnknown) {
    ObjectNode json = JSON.createObjectNode();
    if (answered instanceof Answered.Evidence evidence) {
      head(json, evidence.key()).put("evidence", true);
      Value value = evidence.value();
      json.put("value", value.number().getAsDouble());
      value.samples().ifPresent(samples -> json.put("samples", samples));
      value.verdict().ifPresent(grade -> json.put("verdict", ValueJson.word(grade)));
      json.put("at", value.at().truncatedTo(ChronoUnit.MILLIS).toString());
      json.put("age", evidence.age().toSeconds());
      value
          .window()
          .ifPresent(
              window ->
                  json.putObject("window")
                      .put("from", window.from().toString())
                      .put("to", window.to().toString()));
      value.link().ifPresent(link -> json.put("link", link));
      if (!value.detail().isEmpty()) {
        json.put("detail", value.detail());
      }
      return Reply.json(200, json.toString());
    }
    Answered.NoEvidence none = (Answered.NoEvidence) answered;
    head(json, none.key()).put("evidence", false).put("why", none.why());
    return Reply.json(answerUnknown ? 200 : 503, json.toString()).after(none.askAgain());
  }

  private static ObjectNode head(ObjectNode json, CheckKey key) {
    json.put(CHECK, key.check());
    ObjectNode arguments = json.putObject("arguments");
    key.arguments().forEach(arguments::put);
    return json;
  }
}
