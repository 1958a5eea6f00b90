/**
 * Typed expressions, evaluated a column at a time over a selection of rows. Start with {@link
 * io.tidewatch.kernel.expression.Expressions}, which makes them, {@link io.tidewatch.kernel.expression.Evaluation}, which
 * runs them over a batch, and {@link io.tidewatch.kernel.expression.Functions}, the library of functions.
 *
 * <p>What holds everywhere:
 *
 * <ul>
 *   <li>Expressions are immutable and compared by structure; equal ones are computed once per batch and selection.
 *   <li>SQL's three-valued logic: an operation with a NULL operand is NULL unless it says otherwise.
 *   <li>A row whose expression fails (overflow, division by zero, a CAST or a function argument that has no answer) is
 *       never an exception and never a wrong number: its result is NULL, and the row stands in {@link
 *       io.tidewatch.kernel.expression.Failures} with the first thing that went wrong, in the order of evaluation. The
 *       reason names the expression, not the values, which may be confidential.
 *   <li>AND, OR, CASE and COALESCE evaluate their operands from left to right, each only over the rows that still need
 *       it, so that what is not reached cannot fail.
 *   <li>DOUBLE follows IEEE 754, but division by zero fails; NaN equals NaN and is greater than every other number; −0.0
 *       equals 0.0. Strings are compared as unsigned UTF-8 bytes, which is the order of their code points.
 * </ul>
 *
 * <p>Not here: aggregates, functions that ask for the current time (the kernel has no clock), and parsing of SQL.
 */
@NullMarked
package io.tidewatch.kernel.expression;

import org.jspecify.annotations.NullMarked;
