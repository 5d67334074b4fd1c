package io.jenkins.plugins.canarygate.sandbox;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.argo.SimulatedArgo;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Faults;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.http.LoopbackServer;
import io.jenkins.plugins.canarygate.sandbox.http.RecordedRequest;
import io.jenkins.plugins.canarygate.sandbox.http.Request;
import io.jenkins.plugins.canarygate.sandbox.keptn.SimulatedKeptn;
import io.jenkins.plugins.canarygate.sandbox.kube.KubeService;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.sandbox.kube.Rights;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** A Kubernetes API server with Argo Rollouts behind it, on 127.0.0.1 and a port of its own. */
public final class SandboxCluster implements AutoCloseable {
  /** The bearer token that is known. */
  public static final String TOKEN = "sandbox-token";

  private final InstantSource clock;
  private final ObjectStore store;
  private final SimulatedArgo argo;
  private final SimulatedKeptn keptn;
  private final Rights rights = new Rights();
  private final List<Resource> served = new CopyOnWriteArrayList<>(Resource.USUAL);
  private final KubeService service;
  private final LoopbackServer server;

  public SandboxCluster(InstantSource clock) {
    this(clock, 0);
  }

  public SandboxCluster(InstantSource clock, int port) {
    this.clock = clock;
    this.store = new ObjectStore(clock);
    this.argo = new SimulatedArgo(store, clock);
    this.keptn = new SimulatedKeptn(store, clock);
    this.service =
        new KubeService(
            store, served, rights, TOKEN, "system:serviceaccount:ci:canary-gate", this::settle);
    for (Resource resource : Resource.USUAL) {
      if (resource.isCustom()) {
        store.insert(
            new ObjectKey(Resource.CRDS, "", resource.qualified()), Definitions.of(resource));
      }
    }
    this.server = new LoopbackServer("sandbox-kubernetes", port, clock, service);
  }

  public String url() {
    return server.url();
  }

  public String token() {
    return TOKEN;
  }

  /** What the token may do; everything, until told otherwise. */
  public Rights rights() {
    return rights;
  }

  /** From now on as if the definition of this kind were not installed. */
  public void unserve(Resource resource) {
    served.remove(resource);
  }

  public Faults faults() {
    return server.faults();
  }

  public SimulatedArgo argo() {
    return argo;
  }

  /** Keptn's metrics-operator. */
  public SimulatedKeptn keptn() {
    return keptn;
  }

  /** From now on Keptn is installed in this version alone. */
  public SandboxKeptn keptn(String version) {
    served.removeIf(resource -> resource.group().equals("metrics.keptn.sh"));
    served.addAll(Resource.keptn(version));
    return new SandboxKeptn(this, version);
  }

  /** The objects, for what no method here does. Call {@link #settle} after a write. */
  public ObjectStore store() {
    return store;
  }

  /** Lets the controllers react to what was written to the store. */
  public void settle() {
    argo.settle();
    keptn.settle();
  }

  /** Lets the controllers do what has become due. To be called after the clock moved. */
  public void tick() {
    argo.tick();
    keptn.tick();
  }

  public List<RecordedRequest> requests() {
    return server.requests();
  }

  /** The writes among the requests: everything but GET and reviews of rights. */
  public List<RecordedRequest> writes() {
    return requests().stream()
        .filter(request -> !request.method().equals("GET"))
        .filter(request -> !request.path().endsWith("/selfsubjectaccessreviews"))
        .toList();
  }

  public void forgetRequests() {
    server.forgetRequests();
  }

  /** Whether requests are remembered. */
  public void recordRequests(boolean wanted) {
    server.record(wanted);
  }

  /** Tells of each request as it arrives, before it is answered, on its thread. */
  public void onRequest(BiConsumer<Call, Request> told) {
    server.onRequest(told);
  }

  /** Breaks the connections of all watches. */
  public void dropWatches() {
    server.dropStreams();
  }

  public int openWatches() {
    return server.openStreams();
  }

  /** Forgets history: a watch from before now is answered 410 Gone. */
  public void compactHistory() {
    service.compactHistory();
  }

  /** Ends every watch by a 410 Gone event. */
  public void expireWatches() {
    service.expireWatches();
  }

  public void sendBookmarks() {
    service.sendBookmarks();
  }

  /** Begins to describe a Rollout. */
  public RolloutBuilder rollout(String namespace, String name) {
    return new RolloutBuilder(this, namespace, name);
  }

  /** A Rollout that is there. */
  public SandboxRollout existing(String namespace, String name) {
    ObjectKey key = new ObjectKey(Resource.ROLLOUTS, namespace, name);
    String container =
        store.get(key).tree().at("/spec/template/spec/containers/0/name").asText("app");
    return new SandboxRollout(this, key, container);
  }

  SandboxRollout createRollout(String namespace, String name, String container, ObjectNode object) {
    ObjectKey key = new ObjectKey(Resource.ROLLOUTS, namespace, name);
    ensureNamespace(namespace);
    create(key, object);
    return new SandboxRollout(this, key, container);
  }

  void ensureNamespace(String namespace) {
    ObjectKey space = new ObjectKey(Resource.NAMESPACES, "", namespace);
    if (store.find(space).isEmpty()) {
      store.create(space, Json.object());
    }
  }

  /** Begins to describe a Canary of Flagger. */
  public CanaryBuilder canary(String namespace, String name) {
    return new CanaryBuilder(this, namespace, name);
  }

  /** Creates any object and lets the controllers react. */
  public Stored create(ObjectKey key, ObjectNode object) {
    synchronized (store) {
      Stored stored = store.create(key, object);
      settle();
      return stored;
    }
  }

  void createService(String namespace, String name, String app) {
    ObjectKey key = new ObjectKey(Resource.SERVICES, namespace, name);
    if (store.find(key).isEmpty()) {
      ObjectNode service = Json.of("{'spec':{'ports':[{'port':80,'targetPort':8080}]}}");
      service.withObject("/spec/selector").put("app", app);
      create(key, service);
    }
  }

  void createDeployment(String namespace, String name, ObjectNode deployment) {
    create(new ObjectKey(Resource.DEPLOYMENTS, namespace, name), deployment);
  }

  String createAnalysisRun(String namespace, String base, ObjectNode run) {
    synchronized (store) {
      ObjectKey key = new ObjectKey(Resource.ANALYSIS_RUNS, namespace, base);
      for (int i = 1; store.find(key).isPresent(); i++) {
        key = key.named(base + "." + i);
      }
      create(key, run);
      return key.name();
    }
  }

  /** Changes any object and lets the controllers react. */
  public Stored change(ObjectKey key, ObjectStore.Part part, UnaryOperator<ObjectNode> edit) {
    synchronized (store) {
      Stored stored = store.change(key, part, edit);
      settle();
      return stored;
    }
  }

  public void delete(ObjectKey key) {
    synchronized (store) {
      store.delete(key, MissingNode.getInstance());
      settle();
    }
  }

  String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  @Override
  public void close() {
    server.close();
    service.close();
  }
}
