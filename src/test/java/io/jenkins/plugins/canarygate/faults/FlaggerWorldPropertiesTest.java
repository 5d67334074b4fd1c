package io.jenkins.plugins.canarygate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.host.GateListener;
import io.jenkins.plugins.canarygate.host.RunningGate;
import io.jenkins.plugins.canarygate.rollout.flagger.Decision;
import io.jenkins.plugins.canarygate.rollout.flagger.DecisionNote;
import io.jenkins.plugins.canarygate.sandbox.CanaryBuilder;
import io.jenkins.plugins.canarygate.sandbox.SandboxCanary;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Fault;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/**
 * Whatever people and pipelines do to a Canary, its target, its configuration and the annotation,
 * and whether or not the gate server answers: Flagger makes nothing the primary but what a gate
 * decided to promote, and no gate decides to promote what is bad. Here every tick of Flagger is one
 * moment, so that the narrow race after the last hook's answer, which FlaggerGateTest shows, does
 * not occur.
 */
@Label("FL1, FL4, FL7, promises 1 and 3 over random runs")
class FlaggerWorldPropertiesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration END = Duration.ofMinutes(2);
  private static final ObjectKey SETTINGS = new ObjectKey(Resource.CONFIG_MAPS, "shop", "settings");
  private static final ObjectKey THEIRS = SETTINGS.named("settings-primary");
  private static final GateSpec SPEC = FlaggerWorld.spec("any");

  /** What can happen. */
  enum Happening {
    DEPLOY_GOOD,
    DEPLOY_BAD,
    DEPLOY_OLD,
    CONFIGURE,
    CONFIGURE_BACK,
    SUSPEND,
    RESUME,
    NOTE_REMOVED,
    NOTE_GARBLED,
    NOTE_OF_BEFORE,
    NOTE_FOR_EVER,
    NOTE_OF_ANOTHER,
    NOTE_MADE_TO_ABORT,
    SERVER_DOWN,
    SERVER_UP,
    FLAGGER_RESTARTS,
    NEW_GATE
  }

  record Event(int seconds, Happening what) {}

  enum Strategy {
    WEIGHTED,
    BLUE_GREEN,
    AB
  }

  /** What the primary would get, or got: the image and the configuration. */
  record Content(String image, String setting) {}

  @Provide
  Arbitrary<List<Event>> events() {
    Arbitrary<Event> event =
        Combinators.combine(
                // Often within one tick of Flagger, sometimes as long as a gate judges.
                Arbitraries.frequencyOf(
                    Tuple.of(3, Arbitraries.integers().between(1, 25)),
                    Tuple.of(2, Arbitraries.integers().between(60, 240))),
                Arbitraries.of(Happening.class))
            .as(Event::new);
    return event.list().ofMinSize(3).ofMaxSize(14);
  }

  @Property(tries = 40, shrinking = ShrinkingMode.BOUNDED)
  void nothingIsPromotedButWhatAGateDecidedToPromote(
      @ForAll("events") List<Event> events, @ForAll Strategy strategy) {
    try (FlaggerWorld world = new FlaggerWorld(PATIENCE, PATIENCE)) {
      Run run = new Run(world, strategy);
      run.play(events);
      Statistics.label("promoted").collect(!run.promoted.isEmpty());
    }
  }

  /** One run. */
  private static final class Run {
    private final FlaggerWorld world;
    private final SandboxCanary canary;
    private final List<Content> decided = new ArrayList<>();
    private final List<Content> promoted = new ArrayList<>();
    private final Set<String> written = new HashSet<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, String> settingOf = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private Optional<RunningGate> gate = Optional.empty();
    private boolean byHand;
    private int gates;
    private int settings;
    private Content serving;

    Run(FlaggerWorld world, Strategy strategy) {
      this.world = world;
      CanaryBuilder builder =
          world.canary("{'timeout':'30s'}").configMap("settings", "colour", "0");
      this.canary =
          world.initialized(
              switch (strategy) {
                case WEIGHTED -> builder.weighted(50, 50);
                case BLUE_GREEN -> builder.blueGreen(2);
                case AB -> builder.abTesting(2);
              });
      this.serving = primary();
      seen();
      world.cluster.store().listen(change -> seen());
    }

    void play(List<Event> events) {
      deploy(FlaggerWorld.NEW);
      newGate();
      for (Event event : events) {
        world.time.advance(Duration.ofSeconds(event.seconds()));
        happen(event.what());
      }
      world.time.advance(END);
      up();
      canary.resume();
      world.time.advance(FlaggerWorld.TOTAL);
      assertThat(wrong)
          .as(() -> "decided " + decided + ", promoted " + promoted + " by " + canary.events())
          .isEmpty();
      assertThat(gate.orElseThrow().done().toCompletableFuture())
          .as("the last gate has ended within its total")
          .isDone();
    }

    private void newGate() {
      if (gate.filter(g -> !g.done().toCompletableFuture().isDone()).isEmpty()) {
        gates++;
        gate = Optional.of(world.start(SPEC, "gate-" + gates, this::errors, GateListener.NONE));
      }
    }

    /** What the telemetry says of what the target holds. */
    private double errors() {
      return canary.targetImage().equals(FlaggerWorld.NEWER) ? 0.05 : 0.001;
    }

    /** What is analysed: the configuration is the one that Flagger tracks, not the newest. */
    private Content analysed() {
      return new Content(canary.targetImage(), settingOf.getOrDefault(tracked(), ""));
    }

    private String tracked() {
      return canary.status().path("trackedConfigs").toString();
    }

    private Content primary() {
      return new Content(canary.primaryImage(), setting(THEIRS));
    }

    private String setting(ObjectKey key) {
      return world
          .cluster
          .store()
          .find(key)
          .map(map -> map.tree().at("/data/colour").asText())
          .orElse("");
    }

    /** Each write of anyone. */
    private void seen() {
      // Flagger writes down what it tracks in the tick in which it reads it.
      settingOf.putIfAbsent(tracked(), setting(SETTINGS));
      Optional<Decision> decision = DecisionNote.of(canary.decision()).decision();
      if (decision.isPresent() && written.add(canary.decision()) && !byHand) {
        notes.add(canary.decision());
        if (decision.get().action() == Decision.Action.PROMOTE) {
          decided.add(analysed());
          if (canary.targetImage().equals(FlaggerWorld.NEWER)) {
            wrong.add("a gate decided to promote what is bad");
          }
        }
      }
      Content now = primary();
      // The configuration is copied before the template, in the same tick.
      if (!now.equals(serving) && canary.phase().equals("Promoting")) {
        serving = now;
        promoted.add(now);
        if (!decided.contains(now)) {
          wrong.add("promoted without a decision: " + now);
        }
      }
    }

    private void happen(Happening what) {
      byHand = what.name().startsWith("NOTE");
      switch (what) {
        case DEPLOY_GOOD -> deploy(FlaggerWorld.NEW);
        case DEPLOY_BAD -> deploy(FlaggerWorld.NEWER);
        case DEPLOY_OLD -> deploy(FlaggerWorld.OLD);
        case CONFIGURE -> configure(++settings);
        case CONFIGURE_BACK -> configure(0);
        case SUSPEND -> canary.suspend();
        case RESUME -> canary.resume();
        case NOTE_REMOVED -> note(null);
        case NOTE_GARBLED -> note("{\"version\":1,\"action\":\"promote\"}");
        case NOTE_OF_BEFORE -> note(notes.isEmpty() ? null : notes.get(0));
        case NOTE_FOR_EVER -> edit("notAfter", "2030-01-01T00:00:00Z");
        case NOTE_OF_ANOTHER -> edit("uid", "another");
        case NOTE_MADE_TO_ABORT -> edit("action", "abort");
        case SERVER_DOWN -> {
          for (Call call : Call.values()) {
            world.server.faults().on(call, Fault.RESET).untilCleared();
          }
        }
        case SERVER_UP -> up();
        case FLAGGER_RESTARTS -> {
          world.cluster.flagger().stop();
          world.cluster.flagger().start();
        }
        case NEW_GATE -> newGate();
      }
      byHand = false;
    }

    /** Another image, with the configuration as before. */
    private void deploy(String image) {
      canary.patchTarget(
          "{'spec':{'template':{'spec':{'containers':[{'name':'app','image':'%s',".formatted(image)
              + "'ports':[{'containerPort':8080,'protocol':'TCP'}],"
              + "'envFrom':[{'configMapRef':{'name':'settings'}}]}]}}}}");
    }

    private void up() {
      world.server.faults().clear();
    }

    private void configure(int value) {
      canary.changeConfigMap("settings", "colour", Integer.toString(value));
    }

    /** A field of the last decision is another one. */
    private void edit(String field, String value) {
      if (!notes.isEmpty()) {
        note(((ObjectNode) Json.read(last())).put(field, value).toString());
      }
    }

    private byte[] last() {
      return notes.get(notes.size() - 1).getBytes(StandardCharsets.UTF_8);
    }

    private void note(String text) {
      ObjectNode patch = Json.object();
      patch.withObject("/metadata/annotations").put(Decision.ANNOTATION, text);
      canary.patch(patch.toString());
    }
  }
}
