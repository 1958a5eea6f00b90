package io.tidewatch.kernel.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.type.Type;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RandomExpressionsTest {
    private static final Functions FUNCTIONS = Functions.with(new JdkTextPatterns());

    @Test
    void drawsEveryOperationAndFunction() {
        Set<String> expected = new TreeSet<>(List.of(
                "CaseWhen",
                "Cast",
                "Coalesce",
                "ColumnReference",
                "Comparison",
                "Connective",
                "DecimalArithmetic",
                "DoubleArithmetic",
                "InList",
                "Like",
                "Literal",
                "LongArithmetic",
                "Negation",
                "Not",
                "PlusMonths",
                "TruthTest"));
        for (FunctionDefinition function : FUNCTIONS.all()) {
            if (function.call(function.examples().get(0).arguments()) instanceof FunctionCall) {
                expected.add(function.name());
            }
        }
        Set<String> drawn = new TreeSet<>();
        Choices choices = Choices.ofSeed(1);
        for (int i = 0; i < 4_000; i++) {
            List<Type> columns = List.of(Type.BIGINT, Type.VARCHAR, RandomValues.type(choices));
            RandomExpressions random = new RandomExpressions(columns, FUNCTIONS, choices);
            collect(random.ofType(RandomValues.type(choices), 3), drawn);
        }
        assertThat(drawn).isEqualTo(expected);
    }

    private static void collect(Expression expression, Set<String> into) {
        into.add(
                expression instanceof FunctionCall call
                        ? call.name()
                        : expression.getClass().getSimpleName());
        expression.operands().forEach(operand -> collect(operand, into));
    }
}
