package io.tidewatch.kernel.expression;

import static io.tidewatch.kernel.expression.Expressions.literal;
import static io.tidewatch.kernel.type.Type.BIGINT;
import static io.tidewatch.kernel.type.Type.INTERVAL;
import static io.tidewatch.kernel.type.Type.TIMESTAMP;
import static io.tidewatch.kernel.type.Type.VARCHAR;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** EXTRACT, and a function for each field that it knows. */
final class TimeFieldFunctions {
    private static final long EXAMPLE = 1_709_210_096_789L;

    /** Of the example's time, fields that have no function of their own, and one that has. */
    private static final Map<String, String> EXTRACTED = new TreeMap<>(Map.of(
            "WEEK", "9",
            "DOY", "60",
            "DOW", "5",
            "ISODOW", "4",
            "ISOYEAR", "2024",
            "MILLISECOND", "56789",
            "EPOCH", "1709210096"));

    private TimeFieldFunctions() {}

    static List<FunctionDefinition> all() {
        List<FunctionDefinition> functions = new ArrayList<>();
        functions.add(extract());
        functions.add(field("YEAR", TimeField.YEAR, "2024"));
        functions.add(field("QUARTER", TimeField.QUARTER, "1"));
        functions.add(field("MONTH", TimeField.MONTH, "2"));
        functions.add(field("WEEK", TimeField.WEEK, "9"));
        functions.add(field("DAYOFMONTH", TimeField.DAY, "29"));
        functions.add(field("DAYOFYEAR", TimeField.DOY, "60"));
        functions.add(field("DAYOFWEEK", TimeField.DOW, "5"));
        functions.add(field("HOUR", TimeField.HOUR, "12"));
        functions.add(field("MINUTE", TimeField.MINUTE, "34"));
        functions.add(field("SECOND", TimeField.SECOND, "56"));
        return functions;
    }

    private static FunctionDefinition extract() {
        Expression time = literal(TIMESTAMP, EXAMPLE);
        ScalarFunction.Builder function = define(
                        "EXTRACT(field FROM time)",
                        "A field of a time in UTC, or with EXTRACT(field, time, zone) by the clock of a zone: YEAR, QUARTER, MONTH, WEEK "
                                + "and ISOYEAR (ISO 8601), DAY, DOY, DOW (1 = Sunday), ISODOW (1 = Monday), HOUR, MINUTE, SECOND, "
                                + "MILLISECOND (of the minute), EPOCH (seconds). Of an interval: DAY, HOUR, MINUTE, SECOND, "
                                + "MILLISECOND, EPOCH.")
                .takes(2, BIGINT, VARCHAR, TIMESTAMP, VARCHAR)
                .takes(BIGINT, VARCHAR, INTERVAL);
        EXTRACTED.forEach((field, expected) -> function.exampleAs(
                "EXTRACT(" + field + " FROM TIMESTAMP '" + Timestamps.toSql(EXAMPLE) + "')",
                expected,
                literal(field),
                time));
        return function.exampleAs(
                        "EXTRACT(HOUR, TIMESTAMP '" + Timestamps.toSql(EXAMPLE)
                                + "', 'Europe/Berlin')",
                        "13",
                        literal("HOUR"),
                        time,
                        literal("Europe/Berlin"))
                .exampleAs(
                        "EXTRACT(HOUR FROM INTERVAL '1 02:03:04.005' DAY TO SECOND)",
                        "2",
                        literal("HOUR"),
                        literal(INTERVAL, 93_784_005L))
                .binds(TimeFieldFunctions::extract);
    }

    private static FunctionDefinition field(String name, TimeField field, String expected) {
        return define(name + "(time [, zone])", field.description())
                .takes(1, BIGINT, TIMESTAMP, VARCHAR)
                .example(expected, literal(TIMESTAMP, EXAMPLE))
                .binds(arguments -> {
                    Zone zone = TimeFunctions.zone(arguments, 1, name);
                    return (RowKernel.ToLong) a -> field.of(a.longAt(0), zone);
                });
    }

    private static ScalarFunction.Builder define(String syntax, String description) {
        return ScalarFunction.define(FunctionCategory.TIME, syntax, description);
    }

    private static RowKernel extract(List<Expression> arguments) {
        TimeField field =
                TimeField.of(ScalarFunction.literalText(arguments.get(0), "EXTRACT", "field"));
        if (arguments.get(1).type().equals(TIMESTAMP)) {
            Zone zone = TimeFunctions.zone(arguments, 2, "EXTRACT");
            return (RowKernel.ToLong) a -> field.of(a.longAt(1), zone);
        }
        if (!field.isOfInterval()) {
            throw Expressions.invalid("EXTRACT: an interval has no " + field
                    + "; write DAY, HOUR, MINUTE, SECOND, MILLISECOND or EPOCH");
        }
        return (RowKernel.ToLong) a -> field.ofInterval(a.longAt(1));
    }
}
