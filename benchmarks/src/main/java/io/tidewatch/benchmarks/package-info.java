/**
 * How fast the parts are, each beside what one would use otherwise. A benchmark's body is a method that a test runs once
 * against the naive answer, so that what is measured is right.
 *
 * <p>Run one: {@code mvn -q package -pl benchmarks -am -DskipTests}, then {@code java -cp
 * "benchmarks/target/classes:$(cat benchmarks/target/runtime-classpath.txt)" org.openjdk.jmh.Main JsonDecoding}.
 */
@NullMarked
package io.tidewatch.benchmarks;

import org.jspecify.annotations.NullMarked;
