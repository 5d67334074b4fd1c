/**
 * Named checks: Argo's {@code web} metric provider and Flagger's {@code prometheus} provider ask
 * for them by name. They are measured in the background while somebody asks, by one replica for
 * all, and answered from memory.
 */
package io.jenkins.plugins.canarygate.server.checks;
