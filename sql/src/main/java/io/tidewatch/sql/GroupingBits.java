package io.tidewatch.sql;

import io.tidewatch.kernel.expression.ArithmeticOperator;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.operator.KeyHead;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Arithmetic of GROUPING_IDs: numbers that have one bit per key, the last one in the lowest. */
final class GroupingBits {
    private GroupingBits() {}

    /** The bit at a place, from the lowest up, which is 0: 0 or 1. */
    static Expression bit(Expression id, int place) {
        Expression shifted = place == 0
                ? id
                : Expressions.arithmetic(
                        ArithmeticOperator.DIVIDE, id, Expressions.literal(1L << place));
        return Expressions.arithmetic(ArithmeticOperator.MODULO, shifted, Expressions.literal(2));
    }

    /** The number of bits, the highest first; those that are absent are 0. */
    static Expression number(List<? extends @Nullable Expression> bits) {
        Expression number = Expressions.literal(0);
        for (Expression bit : bits) {
            number = Expressions.arithmetic(
                    ArithmeticOperator.MULTIPLY, number, Expressions.literal(2));
            number = (bit == null ? number : plus(number, bit)).folded();
        }
        return number;
    }

    /** As {@link #number}, of the parts of a key; absent if all bits are. */
    static @Nullable Expression ofKey(List<? extends @Nullable Expression> bits, SqlParserPos pos) {
        if (bits.stream().noneMatch(Objects::nonNull)) {
            return null;
        }
        requireFew(bits.size(), pos);
        return number(bits);
    }

    /** Refuses keys of several grouping sets that have more parts than a GROUPING_ID has bits. */
    static void requireFew(int parts, SqlParserPos pos) {
        if (parts > KeyHead.GROUPED_PARTS_MAX) {
            throw Refusal.limit(
                    pos,
                    "the key of these rows has " + parts
                            + " columns of several grouping sets (at most "
                            + KeyHead.GROUPED_PARTS_MAX + "): GROUP BY fewer columns");
        }
    }

    /** The number of a branch, of which there may be one, behind so many others. */
    static Expression behind(int others, @Nullable Expression branch) {
        if (branch == null) {
            return Expressions.literal(others);
        }
        return others == 0 ? branch : plus(branch, Expressions.literal(others));
    }

    static Expression plus(Expression left, Expression right) {
        return Expressions.arithmetic(ArithmeticOperator.ADD, left, right);
    }

    /** How many branches the rows of a query have, if that is not too many. */
    static int branches(long count, SqlParserPos pos) {
        if (count > KeyHead.BRANCHES_MAX) {
            throw Refusal.limit(
                    pos,
                    "the rows come through " + count
                            + " branches of UNION ALL, or pairs of them (at most "
                            + KeyHead.BRANCHES_MAX
                            + "): aggregate above the UNION ALL, or make several monitors");
        }
        return (int) count;
    }
}
