package io.jenkins.plugins.canarygate.sandbox.honeycomb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Answer;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Request;
import io.jenkins.plugins.canarygate.sandbox.http.Service;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Honeycomb's API over HTTP, as far as a gate uses it. */
public final class HoneycombService implements Service {
  private final InstantSource clock;
  private final Map<String, Dataset> datasets = new ConcurrentHashMap<>();
  private final Habits habits = new Habits();
  private final QueryStore queries;
  private final Objects objects;
  private final Keys keys = new Keys();

  public HoneycombService(InstantSource clock) {
    this.clock = clock;
    this.queries = new QueryStore(clock, datasets, habits);
    this.objects = new Objects(clock);
  }

  public Habits habits() {
    return habits;
  }

  /** The dataset of this slug, created if it is not there. */
  public Dataset dataset(String slug) {
    return datasets.computeIfAbsent(slug, Dataset::new);
  }

  public void key(String key, Set<String> rights) {
    keys.put(key, rights);
  }

  public void slo(String slug, String id, ObjectNode slo) {
    objects.slo(slug, id, slo);
  }

  public void trigger(String slug, String id, ObjectNode trigger) {
    objects.trigger(slug, id, trigger);
  }

  public List<ObjectNode> markers() {
    return objects.markers();
  }

  public int creationsInTheLastMinute() {
    return queries.creationsInTheLastMinute();
  }

  @Override
  public Call classify(Request request) {
    String[] parts = request.parts();
    String verb = request.method() + " " + (parts.length > 1 ? parts[1] : "");
    return switch (verb) {
      case "GET auth" -> Call.AUTH;
      case "POST queries" -> Call.CREATE_QUERY;
      case "POST query_results" -> Call.CREATE_RESULT;
      case "GET query_results" -> Call.GET_RESULT;
      case "GET slos" -> Call.SLO;
      case "GET triggers" -> Call.TRIGGER;
      case "POST markers", "PUT markers", "DELETE markers" -> Call.MARKER;
      default -> Call.OTHER;
    };
  }

  @Override
  public Answer error(int status, Request request) {
    if (status != 429) {
      return Problem.byStatus(status);
    }
    Call call = classify(request);
    return call == Call.CREATE_RESULT || call == Call.GET_RESULT
        ? Problem.queryDataLimit()
        : Problem.limited(clock.instant().plusSeconds(30), 30);
  }

  @Override
  public Answer answer(Request request) {
    Optional<String> key = request.header("x-honeycomb-team");
    if (!keys.isKnown(key)) {
      return Problem.unauthorized();
    }
    try {
      return lacking(request, key).orElseGet(() -> carryOut(request, key));
    } catch (UncheckedIOException | ClassCastException e) {
      return Problem.unparseable("the body is no JSON object");
    }
  }

  private Optional<Answer> lacking(Request request, Optional<String> key) {
    Call call = classify(request);
    String right =
        switch (call) {
          case CREATE_QUERY -> "columns";
          case CREATE_RESULT, GET_RESULT -> "queries";
          case SLO -> "slos";
          case TRIGGER -> "triggers";
          case MARKER -> "markers";
          default -> "";
        };
    if (right.isEmpty() || keys.has(key, right)) {
      return Optional.empty();
    }
    boolean unauthorized = call == Call.CREATE_QUERY || call == Call.MARKER;
    return Optional.of(Problem.lacksRight(unauthorized ? 401 : 403, right));
  }

  private Answer carryOut(Request request, Optional<String> key) {
    String[] parts = request.parts();
    String slug = parts.length > 2 ? parts[2] : "";
    String id = parts.length > 3 ? parts[3] : "";
    return switch (classify(request)) {
      case AUTH -> keys.auth(key);
      case CREATE_QUERY -> queries.createQuery(slug, request);
      case CREATE_RESULT -> queries.createResult(slug, request);
      case GET_RESULT -> queries.getResult(slug, id);
      case SLO -> objects.getSlo(slug, id, request.param("detailed").isPresent());
      case TRIGGER -> objects.getTrigger(slug, id);
      case MARKER -> marker(request, slug, id);
      default -> Problem.notFound("not found");
    };
  }

  private Answer marker(Request request, String slug, String id) {
    if (queries.datasets(slug).isEmpty()) {
      return Problem.notFound("Dataset not found");
    }
    return switch (request.method()) {
      case "POST" -> objects.createMarker(slug, request);
      case "PUT" -> objects.updateMarker(slug, id, request);
      default -> objects.deleteMarker(slug, id);
    };
  }
}
