package io.tidewatch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.expression.Functions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Functions of other systems are refused with what to write here, and what is said to be written is there. */
class OtherSystemsTest {
    private static final Pattern CALLED = Pattern.compile("\\b([A-Z][A-Z0-9_]+)\\(");

    private final Operators operators = new Operators(Functions.with(LinearPatterns.INSTANCE));

    @Test
    void noFunctionOfOursIsRefused() {
        assertThat(OtherSystems.functionNames())
                .doesNotContainAnyElementsOf(operators.functionNames());
    }

    @Test
    void eachIsRefusedWhereItStandsWithARemedy() {
        List<String> wrong = new ArrayList<>();
        for (String name : OtherSystems.functionNames()) {
            String message = messageOf("SELECT path,\n  " + name + "(path) AS x FROM access");
            if (!message.matches("shop.yaml, line 2, column 3: (" + name
                    + " is not supported|unexpected '" + name + ".*'): .*")) {
                wrong.add(name + ": " + message);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatIsToBeWrittenIsKnown() {
        List<String> wrong = new ArrayList<>();
        for (String name : OtherSystems.functionNames()) {
            String instead = OtherSystems.insteadOfFunction(name).orElse("");
            CALLED.matcher(instead).results().map(match -> match.group(1)).forEach(function -> {
                boolean isTableFunction = List.of("TABLE", "DESCRIPTOR").contains(function);
                if (!isTableFunction && !operators.functionNames().contains(function)) {
                    wrong.add(name + " -> " + function);
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    private static String messageOf(String sql) {
        try {
            new SqlCompiler(Shop.CATALOG).compile(Shop.text(sql), null, List.of());
            return "";
        } catch (TidewatchException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
