package io.jenkins.plugins.canarygate.sandbox.kube;

/**
 * What somebody wants to do, as rights name it.
 *
 * @param verb get, list, watch, create, update, patch, delete
 * @param subresource empty for the object itself
 * @param namespace empty for all
 * @param name empty for a collection
 */
public record Attempt(
    String verb, Resource resource, String subresource, String namespace, String name) {}
