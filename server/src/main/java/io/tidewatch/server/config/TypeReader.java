package io.tidewatch.server.config;

import io.tidewatch.kernel.type.Type;
import io.tidewatch.server.yaml.Suggestion;
import io.tidewatch.server.yaml.YamlNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the names of types, in any case: {@code long}, {@code decimal(10, 2)}, … */
final class TypeReader {
    private static final Pattern DECIMAL =
            Pattern.compile("(?:decimal|numeric)\\(\\s*(\\d{1,4})\\s*(?:,\\s*(\\d{1,4})\\s*)?\\)");

    /** What YAML leaves of such a type at its comma, where it stands without quotes between braces. */
    private static final Pattern CUT_DECIMAL =
            Pattern.compile("(decimal|numeric)\\(\\s*(\\d{1,4})");

    private static final Pattern REST_OF_DECIMAL = Pattern.compile("\\d{1,4}\\s*\\)");

    private static final List<String> NAMES = List.of(
            "boolean",
            "int",
            "long",
            "double",
            "decimal(p, s)",
            "string",
            "timestamp",
            "bigint",
            "bool",
            "integer",
            "float",
            "real",
            "varchar",
            "text",
            "decimal");

    private TypeReader() {}

    static Optional<Type> read(YamlNode node) {
        Optional<String> text = node.string();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String name = text.get().strip().toLowerCase(Locale.ROOT);
        Matcher decimal = DECIMAL.matcher(name);
        if (decimal.matches()) {
            return decimal(node, decimal);
        }
        Matcher cut = CUT_DECIMAL.matcher(name);
        if (cut.matches()) {
            node.problem("'" + text.get()
                    + "' ends at the comma: between { and } a type with a comma stands in quotes, as '"
                    + cut.group(1)
                    + "(" + cut.group(2) + ", 2)'");
            return Optional.empty();
        }
        Optional<Type> type = named(name);
        if (type.isEmpty()) {
            node.problem("unknown type '" + text.get() + "'"
                    + Suggestion.nearest(name, NAMES)
                            .map(nearest -> " (did you mean '" + nearest + "'?)")
                            .orElse(" (known: " + String.join(", ", NAMES.subList(0, 7)) + ")"));
        }
        return type;
    }

    /** Whether what YAML takes for a field is the rest of the type before it, {@code decimal(10, 2)} without quotes. */
    static boolean isRestOfType(@Nullable YamlNode before, String field, YamlNode value) {
        return value.isNull()
                && REST_OF_DECIMAL.matcher(field.strip()).matches()
                && before != null
                && before.isScalar()
                && before.string()
                        .filter(text -> CUT_DECIMAL
                                .matcher(text.strip().toLowerCase(Locale.ROOT))
                                .matches())
                        .isPresent();
    }

    private static Optional<Type> named(String name) {
        return switch (name) {
            case "boolean", "bool" -> Optional.of(Type.BOOLEAN);
            case "int", "integer", "long", "bigint", "smallint", "tinyint" ->
                Optional.of(Type.BIGINT);
            case "double", "float", "real", "double precision" -> Optional.of(Type.DOUBLE);
            case "string", "varchar", "text", "char" -> Optional.of(Type.VARCHAR);
            case "timestamp", "timestamp(3)" -> Optional.of(Type.TIMESTAMP);
            default -> Optional.empty();
        };
    }

    private static Optional<Type> decimal(YamlNode node, Matcher decimal) {
        int precision = Integer.parseInt(decimal.group(1));
        int scale = decimal.group(2) == null ? 0 : Integer.parseInt(decimal.group(2));
        if (precision < 1 || precision > Type.DECIMAL_PRECISION_MAX || scale > precision) {
            node.problem("'" + decimal.group() + "' (expected: 1 to " + Type.DECIMAL_PRECISION_MAX
                    + " digits in all, and no more of them behind the point)");
            return Optional.empty();
        }
        return Optional.of(Type.decimal(precision, scale));
    }
}
