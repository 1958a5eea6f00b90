/**
 * YAML text as nodes that know where they stand. Start with {@link io.tidewatch.server.yaml.YamlDocument} and {@link
 * io.tidewatch.server.yaml.YamlMap}.
 *
 * <p>Reading never throws for what a person wrote: every complaint goes to {@link io.tidewatch.server.yaml.Problems}, with
 * its place, and reading goes on, so that one run shows all that is wrong in a file. Documents are bounded in size, nesting
 * and aliases before anything is built from them.
 */
@NullMarked
package io.tidewatch.server.yaml;

import org.jspecify.annotations.NullMarked;
