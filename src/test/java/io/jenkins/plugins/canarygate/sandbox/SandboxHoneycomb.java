package io.jenkins.plugins.canarygate.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.honeycomb.Dataset;
import io.jenkins.plugins.canarygate.sandbox.honeycomb.Habits;
import io.jenkins.plugins.canarygate.sandbox.honeycomb.HoneycombService;
import io.jenkins.plugins.canarygate.sandbox.http.Faults;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.http.LoopbackServer;
import io.jenkins.plugins.canarygate.sandbox.http.RecordedRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** Honeycomb on 127.0.0.1 and a port of its own, with telemetry that is made up. */
public final class SandboxHoneycomb implements AutoCloseable {
  /** The configuration key that is known and may do everything a gate needs. */
  public static final String KEY = "sandbox-honeycomb-key";

  private final HoneycombService service;
  private final LoopbackServer server;

  public SandboxHoneycomb(InstantSource clock) {
    this(clock, 0);
  }

  public SandboxHoneycomb(InstantSource clock, int port) {
    service = new HoneycombService(clock);
    service.key(KEY, Set.of("queries", "columns", "markers", "slos", "triggers"));
    server = new LoopbackServer("sandbox-honeycomb", port, clock, service);
  }

  public String url() {
    return server.url();
  }

  public String key() {
    return KEY;
  }

  /** Another key, or other rights for the first one: queries, columns, markers, slos, triggers. */
  public SandboxHoneycomb key(String key, Set<String> rights) {
    service.key(key, rights);
    return this;
  }

  public Faults faults() {
    return server.faults();
  }

  /** How it behaves where the real one can do this or that, and what is odd about results. */
  public Habits habits() {
    return service.habits();
  }

  /** A dataset by its slug; created if it is not there. */
  public Dataset dataset(String slug) {
    return service.dataset(slug);
  }

  /**
   * An SLO.
   *
   * @param budgetRemaining percent, may be negative
   * @param status normal, triggered, no_alerts or no_events
   */
  public SandboxHoneycomb slo(
      String dataset,
      String id,
      double compliance,
      double budgetRemaining,
      double burnRate,
      String status) {
    ObjectNode slo =
        Json.of("{'time_period_days':30,'target_per_million':995000,'sli':{'alias':'sli.ok'}}");
    slo.put("id", id).put("name", "availability").put("description", "");
    slo.putNull("reset_at");
    slo.put("created_at", "2024-01-02T03:04:05Z").put("updated_at", "2024-01-02T03:04:05Z");
    slo.put("compliance", compliance).put("budget_remaining", budgetRemaining);
    slo.put("burn_rate", burnRate).put("status", status);
    slo.putArray("dataset_slugs").add(dataset);
    service.slo(dataset, id, slo);
    return this;
  }

  /**
   * A trigger.
   *
   * @param frequency seconds between two evaluations
   */
  public SandboxHoneycomb trigger(
      String dataset, String id, boolean triggered, boolean disabled, int frequency) {
    return trigger(dataset, id, triggered, disabled, frequency, "{}");
  }

  /**
   * A trigger with more fields, as {@code evaluation_schedule}; single quotes do for double ones.
   */
  public SandboxHoneycomb trigger(
      String dataset,
      String id,
      boolean triggered,
      boolean disabled,
      int frequency,
      String further) {
    ObjectNode trigger =
        Json.of(
            "{'description':'','threshold':{'op':'>','value':100,'exceeded_limit':1},"
                + "'alert_type':'on_change','recipients':[],'query_id':'qabc',"
                + "'evaluation_schedule_type':'frequency',"
                + "'created_at':'2024-01-02T03:04:05Z','updated_at':'2024-01-02T03:04:05Z'}");
    trigger.put("id", id).put("dataset_slug", dataset).put("name", "too many errors");
    trigger.put("triggered", triggered).put("disabled", disabled).put("frequency", frequency);
    trigger.setAll(Json.of(further));
    service.trigger(dataset, id, trigger);
    return this;
  }

  /** The markers that were set, as they are now. */
  public List<ObjectNode> markers() {
    return service.markers();
  }

  /** How much of the team's 10 results a minute is used up. */
  public int creationsInTheLastMinute() {
    return service.creationsInTheLastMinute();
  }

  public List<RecordedRequest> requests() {
    return server.requests();
  }

  public void forgetRequests() {
    server.forgetRequests();
  }

  @Override
  public void close() {
    server.close();
  }
}
