package io.tidewatch.kernel.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AggregateFunctionTest {
    private static final AggregateLimits LIMITS = AggregateLimits.DEFAULT;

    @Test
    void findsFunctionsByNameAndAliasButNotInternalOnes() {
        assertThat(AggregateFunction.byName("SUM")).isEqualTo(AggregateFunction.SUM);
        assertThat(AggregateFunction.byName("STDDEV")).isEqualTo(AggregateFunction.STDDEV_SAMP);
        assertThat(AggregateFunction.byName("VARIANCE")).isEqualTo(AggregateFunction.VAR_SAMP);
        assertThat(AggregateFunction.byName("EVERY")).isEqualTo(AggregateFunction.BOOL_AND);
        assertThat(AggregateFunction.byName("SOME")).isEqualTo(AggregateFunction.BOOL_OR);
        assertThat(AggregateFunction.byName("ROWS")).isNull();
        assertThat(AggregateFunction.byName("MEDIAN")).isNull();
    }

    @Test
    void givesResultTypes() {
        assertThat(AggregateFunction.SUM.resolve(Type.BIGINT).resultType()).isEqualTo(Type.BIGINT);
        assertThat(AggregateFunction.SUM.resolve(Type.decimal(6, 2)).resultType())
                .isEqualTo(Type.decimal(18, 2));
        assertThat(AggregateFunction.SUM.resolve(Type.INTERVAL).resultType())
                .isEqualTo(Type.INTERVAL);
        assertThat(AggregateFunction.AVG.resolve(Type.BIGINT).resultType()).isEqualTo(Type.DOUBLE);
        assertThat(AggregateFunction.MAX.resolve(Type.VARCHAR).resultType())
                .isEqualTo(Type.VARCHAR);
        assertThat(AggregateFunction.RATE.resolve().resultType()).isEqualTo(Type.DOUBLE);
        assertThat(AggregateFunction.COUNT.resolve().resultType()).isEqualTo(Type.BIGINT);
    }

    @Test
    void equalCallsAreEqual() {
        assertThat(percentile(0.5)).isEqualTo(percentile(new BigDecimal("0.50")));
        assertThat(percentile(0.5)).isNotEqualTo(percentile(0.6));
        assertThat(percentile(1L)).hasToString("APPROX_PERCENTILE(DOUBLE, 1)");
        assertThat(percentile(0.95)).hasToString("APPROX_PERCENTILE(DOUBLE, 0.95)");
        assertThat(AggregateFunction.COUNT.resolve()).hasToString("COUNT(*)");
        assertThat(AggregateFunction.RATE.resolve()).hasToString("RATE()");
        assertThat(AggregateFunction.COUNT.resolve(List.of(Type.VARCHAR), true, List.of(), LIMITS))
                .hasToString("COUNT(DISTINCT VARCHAR)")
                .isNotEqualTo(AggregateFunction.COUNT.resolve(Type.VARCHAR));
        assertThat(AggregateFunction.MAX.resolve(List.of(Type.VARCHAR), true, List.of(), LIMITS))
                .isEqualTo(AggregateFunction.MAX.resolve(Type.VARCHAR));
    }

    @Test
    void refusesWhatItCannotAggregate() {
        assertRefused(
                () -> AggregateFunction.SUM.resolve(Type.VARCHAR),
                ErrorCode.QUERY_INVALID,
                "SUM needs a number or an interval, not VARCHAR; write CAST(x AS DOUBLE) instead of x");
        assertRefused(
                () -> AggregateFunction.AVG.resolve(),
                ErrorCode.QUERY_INVALID,
                "AVG does not take 0 arguments; write AVG(x)");
        assertRefused(
                () -> AggregateFunction.SUM.resolve(Type.BOOLEAN),
                ErrorCode.QUERY_INVALID,
                "SUM needs a number or an interval, not BOOLEAN; write CASE WHEN x THEN 1 ELSE 0 END instead of x");
        assertRefused(
                () -> AggregateFunction.AVG.resolve(Type.TIMESTAMP),
                ErrorCode.QUERY_INVALID,
                "AVG needs a number, not TIMESTAMP(3); write UNIX_MILLIS(x) instead of x");
        assertRefused(
                () -> AggregateFunction.BOOL_AND.resolve(Type.BIGINT),
                ErrorCode.QUERY_INVALID,
                "BOOL_AND needs BOOLEAN, not BIGINT; write a condition such as x > 0 instead of x");
        assertRefused(
                () -> AggregateFunction.COUNT.resolve(List.of(), true, List.of(), LIMITS),
                ErrorCode.QUERY_INVALID,
                "COUNT(DISTINCT *) is not SQL; write COUNT(DISTINCT x, ...)");
        assertRefused(
                () -> AggregateFunction.SUM.resolve(List.of(Type.BIGINT), true, List.of(), LIMITS),
                ErrorCode.QUERY_UNSUPPORTED,
                "SUM does not take DISTINCT, only COUNT does; group by x in a subquery and write"
                        + " SUM(x) over its rows");
        assertRefused(
                () -> AggregateFunction.APPROX_PERCENTILE.resolve(Type.DOUBLE),
                ErrorCode.QUERY_INVALID,
                "APPROX_PERCENTILE does not take 1 argument; write APPROX_PERCENTILE(x, p)");
        for (Object share : List.of(95, -0.5, Double.NaN, Double.POSITIVE_INFINITY, "0.5")) {
            assertRefused(
                    () -> percentile(share),
                    ErrorCode.QUERY_INVALID,
                    "APPROX_PERCENTILE(x, p): p is " + share + " (expected: a number from 0 to 1,"
                            + " such as 0.95 for the 95th percentile)");
        }
    }

    @Test
    void refusesBytesThatNoAccumulatorWrote() {
        for (AggregateFunction function : AggregateFunction.values()) {
            AggregateCall call = Calls.typical(function);
            byte[] noise = new byte[5000];
            java.util.Arrays.fill(noise, (byte) 0xF7);
            Accumulators accumulators = call.create();
            accumulators.ensureSlots(1);
            assertThatThrownBy(() -> {
                        accumulators.combineFrom(
                                0, new io.tidewatch.kernel.batch.ByteReader(noise, 0, 1));
                        accumulators.combineFrom(
                                0, new io.tidewatch.kernel.batch.ByteReader(noise));
                        accumulators.combineFrom(
                                0, new io.tidewatch.kernel.batch.ByteReader(noise, 0, 0));
                    })
                    .as(call.toString())
                    .isInstanceOfSatisfying(TidewatchException.class, e -> assertThat(e.code())
                            .isEqualTo(ErrorCode.SNAPSHOT_CORRUPT));
        }
    }

    private static AggregateCall percentile(Object share) {
        return AggregateFunction.APPROX_PERCENTILE.resolve(
                List.of(Type.DOUBLE), false, List.of(share), LIMITS);
    }

    private static void assertRefused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call,
            ErrorCode code,
            String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TidewatchException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(message);
    }
}
