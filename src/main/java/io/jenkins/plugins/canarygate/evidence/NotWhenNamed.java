package io.jenkins.plugins.canarygate.evidence;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field of a section that named checks refuse ({@link SourceSection#faultsWhenNamed}), so that
 * what is generated for them leaves it out.
 */
@Target({ElementType.METHOD, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
public @interface NotWhenNamed {}
