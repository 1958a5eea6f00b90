package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.error.ErrorCode;

/**
 * One row that failed.
 *
 * @param row its number in the batch
 * @param what what went wrong, without values of the row
 * @param where the operation that failed
 */
record Failure(int row, ErrorCode code, String what, Expression where) {}
