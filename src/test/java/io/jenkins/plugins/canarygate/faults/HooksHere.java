package io.jenkins.plugins.canarygate.faults;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.sandbox.http.Answer;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Request;
import io.jenkins.plugins.canarygate.sandbox.http.Service;
import io.jenkins.plugins.canarygate.server.Question;
import io.jenkins.plugins.canarygate.server.Reply;
import io.jenkins.plugins.canarygate.server.Route;
import io.jenkins.plugins.canarygate.server.ServerMetrics;
import io.jenkins.plugins.canarygate.server.flagger.FlaggerHooks;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gate server's answers to Flagger behind a port that can misbehave. Its watch is not opened,
 * for that knows nothing of virtual time: each answer is by a live look, as it is whenever a watch
 * is broken.
 */
final class HooksHere implements Service {
  private final FlaggerHooks hooks;

  HooksHere(KubernetesClient client, InstantSource clock) {
    this.hooks = new FlaggerHooks(client, List.of(), new ServerMetrics(), clock, line -> {});
  }

  @Override
  public Call classify(Request request) {
    return switch (request.path()) {
      case "/confirm-rollout" -> Call.CONFIRM_ROLLOUT;
      case "/confirm-traffic-increase" -> Call.CONFIRM_TRAFFIC_INCREASE;
      case "/confirm-promotion" -> Call.CONFIRM_PROMOTION;
      case "/rollback" -> Call.ROLLBACK;
      default -> Call.OTHER;
    };
  }

  @Override
  public Answer answer(Request request) {
    Question question =
        new Question(
            "127.0.0.1",
            request.method(),
            request.path(),
            Map.of(),
            Optional.empty(),
            request.text());
    for (Route route : hooks.routes()) {
      if (route.path().equals(request.path())) {
        Reply reply = route.endpoint().answer(question);
        return new Answer(
            reply.status(), reply.type(), Map.of(), reply.body().getBytes(StandardCharsets.UTF_8));
      }
    }
    return error(404, request);
  }

  @Override
  public Answer error(int status, Request request) {
    return new Answer(status, "text/plain", Map.of(), "no".getBytes(StandardCharsets.UTF_8));
  }
}
