package io.tidewatch.sql;

import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.util.List;

/** What to write where types do not fit, as parts of messages; empty where nothing is of help. */
final class TypeRemedies {
    private static final String BOTH = ": CAST one to the type of the other";

    private TypeRemedies() {}

    /** For a comparison or an operation of two types. */
    static String between(String operator, Type left, Type right) {
        if (isEither(TypeKind.BOOLEAN, left, right)) {
            return ofCondition(operator, left, right);
        }
        if (isEither(TypeKind.TIMESTAMP, left, right)) {
            return ofTime(operator, left, right);
        }
        if (isEither(TypeKind.INTERVAL, left, right) && (isNumber(left) || isNumber(right))) {
            return ": write x * INTERVAL '1' SECOND for the number, or EXTRACT(EPOCH FROM interval) for the interval";
        }
        if (operator.equals("+")
                && left.kind() == TypeKind.VARCHAR
                && right.kind() == TypeKind.VARCHAR) {
            return ": write || to join texts, or CAST both AS DOUBLE";
        }
        return left.equals(right) ? ": " + ofSame(left) : BOTH;
    }

    private static String ofSame(Type type) {
        return switch (type.kind()) {
            case VARCHAR -> "CAST both AS BIGINT or DOUBLE";
            case TIMESTAMP -> "times are subtracted, and intervals added to them";
            default -> "CAST one of them";
        };
    }

    private static String ofCondition(String operator, Type left, Type right) {
        boolean comparison = "=<>!".indexOf(operator.charAt(0)) >= 0;
        if (left.kind() == right.kind()) {
            return operator.equals("||")
                    ? ": write OR between conditions, and || between texts"
                    : ": write CASE WHEN x THEN 1 ELSE 0 END for a number";
        }
        return comparison
                ? ": compare a BOOLEAN with TRUE or FALSE, and write one comparison after the other with AND"
                : ": write CASE WHEN x THEN 1 ELSE 0 END for a number";
    }

    private static String ofTime(String operator, Type left, Type right) {
        if (isNumber(left) || isNumber(right)) {
            return operator.equals("+") || operator.equals("-")
                    ? ": write x * INTERVAL '1' SECOND for the number"
                    : ": write UNIX_MILLIS(time) or UNIX_SECONDS(time) for the time, or TO_TIMESTAMP(millis) for the number";
        }
        if (left.kind() == TypeKind.VARCHAR || right.kind() == TypeKind.VARCHAR) {
            return ": write TIMESTAMP '2026-01-31 12:00:00' (in UTC), or CAST the text AS TIMESTAMP";
        }
        return left.kind() == right.kind()
                ? ": times are subtracted, and intervals added to them"
                : BOTH;
    }

    /** For an argument of a function; the message shows it where {@link Refusal#WRITTEN} stands. */
    static String ofArgument(ArgumentTypes.Misfit misfit) {
        return ": write " + ofArgument(misfit.from(), misfit.to()).replace("?", Refusal.WRITTEN);
    }

    private static String ofArgument(Type from, Type to) {
        TypeKind kind = from.kind();
        if (kind == TypeKind.BOOLEAN && isNumber(to)) {
            return "CASE WHEN ? THEN 1 ELSE 0 END";
        }
        if (kind == TypeKind.INTERVAL && isNumber(to)) {
            return "EXTRACT(EPOCH FROM ?)";
        }
        if (kind == TypeKind.TIMESTAMP && isNumber(to)) {
            return "UNIX_SECONDS(?) or UNIX_MILLIS(?)";
        }
        return switch (to.kind()) {
            case TIMESTAMP ->
                isNumber(from)
                        ? "TO_TIMESTAMP(?) for milliseconds, or FROM_UNIXTIME(?) for seconds"
                        : kind == TypeKind.VARCHAR
                                ? "CAST(? AS TIMESTAMP), or PARSE_TIMESTAMP(?, pattern)"
                                : "a time in place of ?";
            case BOOLEAN -> "a comparison in place of ?" + (isNumber(from) ? ", as ? <> 0" : "");
            default -> "CAST(? AS " + to + ")";
        };
    }

    /** For operands of AND, OR and NOT. */
    static String ofLogic() {
        return ": AND, OR and NOT take conditions: compare what is none with something";
    }

    /** For the parts of {@code ||}. */
    static String ofJoinedTexts(List<String> types) {
        return types.contains("BOOLEAN") && !types.contains("VARCHAR")
                ? ": write OR between conditions"
                : ": || joins texts, so CAST what is none AS VARCHAR";
    }

    /** For a CAST that there is not. */
    static String ofCast(String from, String to) {
        if (from.equals("BOOLEAN")) {
            return to.startsWith("TIMESTAMP") || to.startsWith("INTERVAL")
                    ? ": a truth value is no time: write CASE WHEN x THEN … END"
                    : ": write CASE WHEN x THEN 1 ELSE 0 END";
        }
        if (from.startsWith("INTERVAL")) {
            return ": write EXTRACT(EPOCH FROM interval) for its seconds";
        }
        return to.equals("BOOLEAN")
                ? ": write a comparison, as x <> 0"
                : ": CAST it to VARCHAR first";
    }

    private static boolean isEither(TypeKind kind, Type left, Type right) {
        return left.kind() == kind || right.kind() == kind;
    }

    private static boolean isNumber(Type type) {
        return switch (type.kind()) {
            case BIGINT, DOUBLE, DECIMAL -> true;
            default -> false;
        };
    }
}
