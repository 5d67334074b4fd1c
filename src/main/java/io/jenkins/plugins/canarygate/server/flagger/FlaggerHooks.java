package io.jenkins.plugins.canarygate.server.flagger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.rollout.flagger.Hook;
import io.jenkins.plugins.canarygate.server.Port;
import io.jenkins.plugins.canarygate.server.Question;
import io.jenkins.plugins.canarygate.server.Reply;
import io.jenkins.plugins.canarygate.server.Route;
import io.jenkins.plugins.canarygate.server.ServerMetrics;
import io.jenkins.plugins.canarygate.server.ServerPart;
import io.jenkins.plugins.canarygate.server.flagger.CanaryName.NoneException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Flagger's webhooks: {@code POST} to {@code /confirm-rollout}, {@code /confirm-traffic-increase},
 * {@code /confirm-promotion} and {@code /rollback}, answered 200 for yes and 403 for no with a line
 * of why, and to {@code /event}, which is only counted.
 */
public final class FlaggerHooks implements ServerPart {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int YES = 200;
  private static final int NO = 403;

  private final Canaries canaries;
  private final HookMetrics metrics;
  private final HookDesk desk;

  /**
   * @param client of the cluster; it is not closed here. Flagger waits for 10 s, and an answer may
   *     take two requests one after the other
   * @param namespaces whose Canaries; empty: the whole cluster's
   * @param say takes a line for whoever runs the server
   */
  public FlaggerHooks(
      KubernetesClient client,
      Collection<String> namespaces,
      ServerMetrics metrics,
      InstantSource clock,
      Consumer<String> say) {
    this.canaries = new Canaries(client, namespaces, say);
    this.metrics = new HookMetrics(metrics.registry(), canaries, clock);
    this.desk = new HookDesk(canaries, new LiveLook(client), this.metrics, clock);
  }

  @Override
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (Hook hook : Hook.values()) {
      routes.add(new Route(Port.FLAGGER, "POST", hook.path(), question -> answer(hook, question)));
    }
    routes.add(new Route(Port.FLAGGER, "POST", "/event", this::event));
    return routes;
  }

  private Reply answer(Hook hook, Question question) {
    CanaryName name;
    try {
      name = CanaryName.of(question.body());
    } catch (NoneException e) {
      metrics.answered(hook, false, "request");
      return Reply.text(NO, "no: " + e.getMessage());
    }
    HookDesk.Answer given = desk.answer(hook, name);
    boolean yes = given.answer().yes();
    metrics.answered(hook, yes, given.by());
    return Reply.text(yes ? YES : NO, given.answer().reason());
  }

  private Reply event(Question question) {
    String type = "";
    try {
      type = JSON.readTree(question.body()).path("metadata").path("eventType").asText("");
    } catch (JsonProcessingException unreadable) {
      // Counted as other.
    }
    metrics.event(type);
    return Reply.text(YES, "counted");
  }

  @Override
  public void start() {
    canaries.open();
  }

  @Override
  public List<String> notReady() {
    return desk.notReady();
  }

  @Override
  public void close() {
    canaries.close();
  }
}
