package io.tidewatch.kernel.expression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The catalogue of functions: its examples hold, and its document says what it says. */
class FunctionsTest {
    private static final Functions FUNCTIONS = Functions.with(new JdkTextPatterns());

    @TestFactory
    Stream<DynamicTest> everyExampleGivesItsResult() {
        return FUNCTIONS.all().stream().flatMap(function -> function.examples().stream()
                .map(example ->
                        DynamicTest.dynamicTest(example.sql(), () -> check(function, example))));
    }

    private static void check(FunctionDefinition function, FunctionExample example) {
        Expression call = function.call(example.arguments());
        List<Type> types = example.arguments().stream().map(Expression::type).toList();
        assertThat(function.resultType(types)).contains(call.type());
        Expression text = Expressions.cast(call, Type.VARCHAR, false);
        Literal result = requireNonNull(Evaluation.constant(text), "the example fails");
        assertThat(result.value()).isEqualTo(example.expected());
        assertThat(Interpreter.evaluate(text, column -> null)).isEqualTo(example.expected());
    }

    @Test
    void everyFunctionHasAnExampleAndADescription() {
        assertThat(FUNCTIONS.all()).allSatisfy(function -> {
            assertThat(function.examples()).as(function.name()).isNotEmpty();
            assertThat(function.description()).endsWith(".");
            assertThat(FUNCTIONS.byName(function.name())).isSameAs(function);
        });
        assertThat(FUNCTIONS.byName("CURRENT_TIMESTAMP")).isNull();
    }

    /** {@code -Dtidewatch.update=true} writes the document anew. */
    @Test
    void theReferenceListsEveryFunction() throws IOException {
        Path document = repository().resolve("docs/reference/functions.md");
        String expected = render();
        if (Boolean.getBoolean("tidewatch.update")) {
            Files.createDirectories(requireNonNull(document.getParent()));
            Files.writeString(document, expected);
        }
        assertThat(Files.readString(document))
                .as("docs/reference/functions.md, which -Dtidewatch.update=true writes")
                .isEqualTo(expected);
    }

    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = requireNonNull(folder.getParent(), "no .mvn above the working directory");
        }
        return folder;
    }

    private static String render() throws IOException {
        StringBuilder out = new StringBuilder(introduction());
        for (FunctionCategory category : FunctionCategory.values()) {
            out.append("\n## ").append(category.title()).append("\n\n");
            out.append("| function | answers | example |\n| --- | --- | --- |\n");
            for (FunctionDefinition function : FUNCTIONS.all()) {
                if (function.category() == category) {
                    appendRow(function, out);
                }
            }
        }
        return out.toString();
    }

    private static String introduction() throws IOException {
        try (var in = requireNonNull(FunctionsTest.class.getResourceAsStream("functions.md"))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static void appendRow(FunctionDefinition function, StringBuilder out) {
        StringBuilder examples = new StringBuilder();
        for (FunctionExample example : function.examples()) {
            examples.append(examples.isEmpty() ? "" : "<br>")
                    .append(code(example.sql()))
                    .append(" → ")
                    .append(code(result(function, example)));
        }
        out.append("| ")
                .append(code(function.syntax()))
                .append(" | ")
                .append(function.description().replace("|", "\\|"))
                .append(" | ")
                .append(examples)
                .append(" |\n");
    }

    private static String result(FunctionDefinition function, FunctionExample example) {
        String expected = example.expected();
        if (expected == null) {
            return "NULL";
        }
        boolean isText = function.call(example.arguments()).type().kind() == TypeKind.VARCHAR;
        return isText ? "'" + expected.replace("'", "''") + "'" : expected;
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }
}
