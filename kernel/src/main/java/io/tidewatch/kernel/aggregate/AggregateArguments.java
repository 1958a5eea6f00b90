package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;

/**
 * What an aggregate may be called with.
 *
 * @param kind what each argument must be
 * @param min the fewest arguments
 * @param max the most arguments
 * @param literals how many literals follow them
 */
record AggregateArguments(Kind kind, int min, int max, int literals) {
    static final AggregateArguments ONE_NUMBER = new AggregateArguments(Kind.NUMBER, 1, 1, 0);
    static final AggregateArguments ONE_SUMMABLE = new AggregateArguments(Kind.SUMMABLE, 1, 1, 0);
    static final AggregateArguments ONE_BOOLEAN = new AggregateArguments(Kind.BOOLEAN, 1, 1, 0);
    static final AggregateArguments ONE_TIMESTAMP = new AggregateArguments(Kind.TIMESTAMP, 1, 1, 0);
    static final AggregateArguments ONE = new AggregateArguments(Kind.ANY, 1, 1, 0);
    static final AggregateArguments SOME =
            new AggregateArguments(Kind.ANY, 1, Integer.MAX_VALUE, 0);
    static final AggregateArguments ANY = new AggregateArguments(Kind.ANY, 0, Integer.MAX_VALUE, 0);
    static final AggregateArguments NONE = new AggregateArguments(Kind.ANY, 0, 0, 0);
    static final AggregateArguments NUMBER_IF_ANY = new AggregateArguments(Kind.NUMBER, 0, 1, 0);
    static final AggregateArguments NUMBER_AND_LITERAL =
            new AggregateArguments(Kind.NUMBER, 1, 1, 1);

    /** A condition on the type of an argument. */
    enum Kind {
        ANY("a value", "x"),
        NUMBER("a number", "CAST(x AS DOUBLE)"),
        SUMMABLE("a number or an interval", "CAST(x AS DOUBLE)"),
        BOOLEAN("BOOLEAN", "a condition such as x > 0"),
        TIMESTAMP("TIMESTAMP", "CAST(x AS TIMESTAMP)");

        private final String expected;
        private final String remedy;

        Kind(String expected, String remedy) {
            this.expected = expected;
            this.remedy = remedy;
        }

        boolean accepts(Type type) {
            return switch (this) {
                case ANY -> true;
                case NUMBER -> type.isNumeric();
                case SUMMABLE ->
                    type.isNumeric()
                            || type.kind() == TypeKind.INTERVAL
                            || type.kind() == TypeKind.INTERVAL_MONTH;
                case BOOLEAN -> type.kind() == TypeKind.BOOLEAN;
                case TIMESTAMP -> type.kind() == TypeKind.TIMESTAMP;
            };
        }

        String expected() {
            return expected;
        }

        /** What to write for an argument of another type. */
        String remedy(Type type) {
            boolean isNumber = this == NUMBER || this == SUMMABLE;
            return switch (type.kind()) {
                case BOOLEAN -> isNumber ? "CASE WHEN x THEN 1 ELSE 0 END" : remedy;
                case TIMESTAMP -> isNumber ? "UNIX_MILLIS(x)" : remedy;
                case INTERVAL -> isNumber ? "EXTRACT(EPOCH FROM x)" : remedy;
                default -> remedy;
            };
        }
    }
}
