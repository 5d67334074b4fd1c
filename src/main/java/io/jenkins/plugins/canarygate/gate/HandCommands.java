package io.jenkins.plugins.canarygate.gate;

/**
 * The exact commands with which a person promotes or aborts what the gate leaves (rule D9).
 *
 * @param promote one line, ready to paste
 * @param abort one line, ready to paste
 */
public record HandCommands(String promote, String abort) {}
