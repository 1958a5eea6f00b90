package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.ByteWriter;

/**
 * What a function does for one row, by the form of its result. It is called only for rows where no argument is NULL, and
 * may make the row NULL or fail through {@link Arguments}; its result is then ignored. Stateless: one kernel serves all
 * workers at once.
 */
sealed interface RowKernel {
    /** A BIGINT, DECIMAL, TIMESTAMP or interval. */
    non-sealed interface ToLong extends RowKernel {
        long apply(Arguments arguments);
    }

    /** A DOUBLE. */
    non-sealed interface ToDouble extends RowKernel {
        double apply(Arguments arguments);
    }

    /** A BOOLEAN. */
    non-sealed interface ToBoolean extends RowKernel {
        boolean apply(Arguments arguments);
    }

    /** A VARCHAR that is written. */
    non-sealed interface ToText extends RowKernel {
        void apply(Arguments arguments, ByteWriter out);
    }

    /** A VARCHAR that is a part of the first argument, told by {@link Arguments#slice}. */
    non-sealed interface ToSlice extends RowKernel {
        void apply(Arguments arguments);
    }
}
