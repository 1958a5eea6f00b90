package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.error.ErrorCode;

/** Why one slot has no result. */
public record FinishFailure(int slot, ErrorCode code, String reason) {}
