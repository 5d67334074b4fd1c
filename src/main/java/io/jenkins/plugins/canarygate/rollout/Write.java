package io.jenkins.plugins.canarygate.rollout;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One atomic request to the API server.
 *
 * @param what the driver's word for it, unique among the writes of one action: {@code promote},
 *     {@code lift}
 * @param text what a report says of it
 * @param body a merge patch that carries the resourceVersion of the look it is based on
 * @param subresource {@code status}, or empty for the object itself
 */
public record Write(String what, String text, JsonNode body, String subresource) {}
