package io.jenkins.plugins.canarygate.gatefile;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The only words that a text may be. */
@Target({ElementType.METHOD, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
@interface Words {
  String[] value();

  /** Words that a later version will know. */
  String[] later() default {};
}
