package io.jenkins.plugins.canarygate.server;

/**
 * Where an endpoint is found.
 *
 * @param port at which port
 * @param method {@code GET} or {@code POST}
 * @param path the whole path, as {@code /confirm-rollout}
 * @param endpoint what answers there
 */
public record Route(Port port, String method, String path, Endpoint endpoint) {}
