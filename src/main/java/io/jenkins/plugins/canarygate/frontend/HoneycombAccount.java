package io.jenkins.plugins.canarygate.frontend;

import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombAnswers;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombClient;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombQuota;

/**
 * An account at Honeycomb, with what its gates share.
 *
 * @param client asks it
 * @param quota how many results all gates of this process create in a minute
 * @param answers what was answered lately: the same question of two gates is one
 * @param setting what a user would raise the quota by, as {@code --honeycomb-results-per-minute}
 */
public record HoneycombAccount(
    HoneycombClient client, HoneycombQuota quota, HoneycombAnswers answers, String setting) {}
