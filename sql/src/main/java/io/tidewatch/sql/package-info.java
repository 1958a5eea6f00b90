/**
 * SQL to the kernel's plans. Start with {@link io.tidewatch.sql.SqlCompiler}.
 *
 * <p>The way of a query: {@code Parser} (Calcite's, after {@code NameQuoting} put quotes around fields that are called like
 * words of SQL) → {@code Forms} (refuses what there is not, with what to write instead) → {@code Rewriting} → {@code
 * Validation} (names and types; the kernel judges the types of its functions and operators) → {@code Conversion} (Calcite's
 * relational operators, literally) → {@code Planner} (links).
 *
 * <p>Invariants: Calcite's types stay inside. Nothing is reordered, simplified or cast behind the query's back. Every
 * refusal carries the place in the file that people wrote, in our words.
 */
@NullMarked
package io.tidewatch.sql;

import org.jspecify.annotations.NullMarked;
