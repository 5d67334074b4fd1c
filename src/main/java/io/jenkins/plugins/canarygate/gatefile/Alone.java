package io.jenkins.plugins.canarygate.gatefile;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A field whose value may also stand in place of the whole mapping. */
@Target({ElementType.METHOD, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
@interface Alone {
  /** Whether it has no name inside the mapping. */
  boolean only() default false;
}
