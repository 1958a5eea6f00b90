/**
 * Templates of labels and annotations, in the look of Go's templates as Prometheus uses them. Start with {@link
 * io.tidewatch.alerting.template.Template}.
 *
 * <p>A template is parsed and checked once, names and types included, and then cannot fail. What it renders follows from its
 * arguments alone, digit by digit, on every version of Java. There are no conditions, loops, variables or queries.
 */
@NullMarked
package io.tidewatch.alerting.template;

import org.jspecify.annotations.NullMarked;
