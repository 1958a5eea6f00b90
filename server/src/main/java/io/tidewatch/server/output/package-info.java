/**
 * What leaves Tidewatch: results and alert transitions as rows, and their forms as JSON lines and text. Start with {@link
 * io.tidewatch.server.output.ResultRow} and {@link io.tidewatch.server.output.TransitionRow}; the forms stand in
 * docs/reference/output.md.
 */
@NullMarked
package io.tidewatch.server.output;

import org.jspecify.annotations.NullMarked;
