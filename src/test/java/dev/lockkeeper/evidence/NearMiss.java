package dev.lockkeeper.evidence;

import dev.lockkeeper.diagnosis.Finding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test that plays a scene on real servers, seen through the product's own look, in which a
 * finding or an act looks due and must not appear; and its twin, which differs in one thing and in
 * which it appears.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface NearMiss {
  /** The findings that must not appear in the one scene and appear in its twin. */
  Finding.Kind[] findings() default {};

  /**
   * The acts of which the same is true, by their words in runbooks, such as {@code end-orphans}.
   */
  String[] acts() default {};
}
