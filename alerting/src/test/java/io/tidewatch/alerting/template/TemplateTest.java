package io.tidewatch.alerting.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TemplateTest {
    private static final Schema VALUES = Schema.of(
            new Field("bytes", Type.BIGINT),
            new Field("ratio", Type.DOUBLE),
            new Field("price", Type.decimal(10, 2)),
            new Field("waited", Type.INTERVAL),
            new Field("first_seen", Type.TIMESTAMP),
            new Field("kind", Type.VARCHAR),
            new Field("ok", Type.BOOLEAN),
            new Field("nothing", Type.BIGINT));
    private static final List<@Nullable Object> ROW = Arrays.asList(
            1_234_567L,
            0.1234,
            new BigDecimal("19.90"),
            93_784_500L,
            1_431_857_103_000L,
            "Robot",
            true,
            null);
    private static final TemplateNames NAMES = new TemplateNames(List.of("path", "host"), VALUES);

    private static String render(String template) {
        return Template.parse(template, NAMES).render(context(ROW));
    }

    private static String renderNumber(String template, double value) {
        Schema single = Schema.of(new Field("x", Type.DOUBLE));
        TemplateNames names = new TemplateNames(List.of(), single);
        return Template.parse(template, names).render(context(List.of(value)));
    }

    private static TemplateContext context(List<@Nullable Object> row) {
        return new TemplateContext() {
            @Override
            public String label(String name) {
                return name.equals("path") ? "/a b" : "";
            }

            @Override
            public @Nullable Object value(int column) {
                return row.get(column);
            }
        };
    }

    private static TemplateProblem problem(String template) {
        return Template.problem(template, NAMES).orElseThrow();
    }

    @Test
    void everyExampleOfTheReferenceHolds() throws Exception {
        Pattern example = Pattern.compile("    (\\{\\{.*?) +→ (.*)");
        TreeSet<String> functions = new TreeSet<>();
        int count = 0;
        for (String line : Files.readAllLines(reference())) {
            Matcher matcher = example.matcher(line);
            if (matcher.matches()) {
                assertThat(render(matcher.group(1))).as(line).isEqualTo(matcher.group(2));
                for (TemplateFunction function : TemplateFunction.values()) {
                    if (matcher.group(1).matches(".*\\b" + function.word() + "\\b.*")) {
                        functions.add(function.word());
                    }
                }
                count++;
            }
        }
        assertThat(count).isGreaterThan(20);
        assertThat(functions)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(TemplateFunction.values())
                        .map(TemplateFunction::word)
                        .toList());
    }

    private static Path reference() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve(".mvn"))) {
            root = java.util.Objects.requireNonNull(root.getParent(), "no .mvn above");
        }
        return root.resolve("docs/reference/alerts.md");
    }

    @Test
    void textsAndPlacesStandSideBySide() {
        assertThat(render("{{ $labels.path }}: {{$value.bytes}} of {{ $value.price }}."))
                .isEqualTo("/a b: 1234567 of 19.90.");
        assertThat(render("no places, and } and { and }}"))
                .isEqualTo("no places, and } and { and }}");
        assertThat(render("")).isEmpty();
    }

    @Test
    void aLabelThatIsNotThereIsEmptyAndAValueThatIsNullSaysSo() {
        assertThat(render("[{{ $labels.host }}]")).isEqualTo("[]");
        assertThat(render("{{ $value.nothing }} {{ $value.nothing | humanize }}"))
                .isEqualTo("NULL NULL");
        assertThat(render("{{ printf \"%.2f|%5s\" $value.nothing $value.nothing }}"))
                .isEqualTo("NULL| NULL");
    }

    @Test
    void humanizeUsesMetricPrefixesOnBothSidesOfOne() {
        assertThat(renderNumber("{{ $value | humanize }}", 0)).isEqualTo("0");
        assertThat(renderNumber("{{ $value | humanize }}", 1)).isEqualTo("1");
        assertThat(renderNumber("{{ $value | humanize }}", 999.99)).isEqualTo("1000");
        assertThat(renderNumber("{{ $value | humanize }}", 1000)).isEqualTo("1k");
        assertThat(renderNumber("{{ $value | humanize }}", -1_234_567)).isEqualTo("-1.235M");
        assertThat(renderNumber("{{ $value | humanize }}", 0.00012)).isEqualTo("120u");
        assertThat(renderNumber("{{ $value | humanize }}", 1e30)).isEqualTo("1e+06Y");
        assertThat(renderNumber("{{ $value | humanize }}", Double.NaN)).isEqualTo("NaN");
        assertThat(renderNumber("{{ $value | humanize }}", Double.POSITIVE_INFINITY))
                .isEqualTo("+Inf");
        assertThat(renderNumber("{{ $value | humanize1024 }}", 1536)).isEqualTo("1.5ki");
        assertThat(renderNumber("{{ $value | humanize1024 }}", 0.5)).isEqualTo("0.5");
    }

    @Test
    void humanizeDurationGoesFromYoctosecondsToDays() {
        assertThat(renderNumber("{{ $value | humanizeDuration }}", 0)).isEqualTo("0s");
        assertThat(renderNumber("{{ $value | humanizeDuration }}", 0.0125)).isEqualTo("12.5ms");
        assertThat(renderNumber("{{ $value | humanizeDuration }}", 1.5)).isEqualTo("1.5s");
        assertThat(renderNumber("{{ $value | humanizeDuration }}", 59.99)).isEqualTo("59.99s");
        assertThat(renderNumber("{{ $value | humanizeDuration }}", 61.9)).isEqualTo("1m 1s");
        assertThat(renderNumber("{{ $value | humanizeDuration }}", 3_600)).isEqualTo("1h 0m 0s");
        assertThat(renderNumber("{{ $value | humanizeDuration }}", -93_784))
                .isEqualTo("-1d 2h 3m 4s");
    }

    @Test
    void printfRoundsTheExactValueHalfToEven() {
        assertThat(renderNumber("{{ printf \"%.0f\" $value }}", 0.5)).isEqualTo("0");
        assertThat(renderNumber("{{ printf \"%.0f\" $value }}", 1.5)).isEqualTo("2");
        assertThat(renderNumber("{{ printf \"%.1f\" $value }}", 0.25)).isEqualTo("0.2");
        assertThat(renderNumber("{{ printf \"%.2f\" $value }}", 1.005)).isEqualTo("1.00");
        assertThat(renderNumber("{{ printf \"%.3e\" $value }}", 123_456)).isEqualTo("1.235e+05");
        assertThat(renderNumber("{{ printf \"%.3g\" $value }}", 123_456)).isEqualTo("1.23e+05");
        assertThat(renderNumber("{{ printf \"%.3g\" $value }}", 0.00001234)).isEqualTo("1.23e-05");
        assertThat(renderNumber("{{ printf \"%e\" $value }}", 0)).isEqualTo("0.000000e+00");
        assertThat(renderNumber("{{ printf \"%e\" $value }}", Double.MIN_VALUE))
                .isEqualTo("4.940656e-324");
        assertThat(renderNumber(
                        "{{ printf \"%8.2f|%-8.2f|%08.2f|%+.1f\" $value $value $value $value }}",
                        -3.14159))
                .isEqualTo("   -3.14|-3.14   |-0003.14|-3.1");
        assertThat(renderNumber(
                        "{{ printf \"%06.1f %+f\" $value $value }}", Double.NEGATIVE_INFINITY))
                .isEqualTo("  -Inf -Inf");
    }

    @Test
    void printfOfADoubleIsWhatTheNearestDecimalIs() {
        Choices.random(
                "%.17e of a double reads back as the same",
                500, choices -> {
                    double value = Double.longBitsToDouble(choices.anyLong());
                    if (Double.isFinite(value)) {
                        String text = renderNumber("{{ printf \"%.17e\" $value }}", value);
                        assertThat(Double.parseDouble(text)).isEqualTo(value == 0 ? 0.0 : value);
                        String fixed = renderNumber("{{ printf \"%.3f\" $value }}", value / 1e290);
                        assertThat(new BigDecimal(fixed)
                                        .subtract(new BigDecimal(value / 1e290))
                                        .abs())
                                .isLessThanOrEqualTo(new BigDecimal("0.0005"));
                    }
                });
    }

    @Test
    void whatIsTooLongIsCut() {
        String label = "x".repeat(Template.OUTPUT_MAX - 2) + "\uD83D\uDE00 and more";
        String out = Template.parse("{{ \"" + label + "\" }}", NAMES).render(context(ROW));

        assertThat(out).hasSize(Template.OUTPUT_MAX - 1).endsWith("x…");
        assertThat(problem("y".repeat(Template.TEXT_MAX + 1)).message()).contains("longer than");
    }

    @Test
    void problemsNameThePlaceAndTheRemedy() {
        assertThat(problem("a {{ $labels.pth }}"))
                .isEqualTo(new TemplateProblem(5, "unknown label 'pth' (did you mean 'path'?)"));
        assertThat(problem("{{ $value.Bytes }}").message())
                .isEqualTo("unknown value 'Bytes' (did you mean 'bytes'?)");
        assertThat(problem("{{ $labels.bytes }}").message())
                .isEqualTo("unknown label 'bytes' (it is a value: write $value.bytes)");
        assertThat(problem("{{ $value.path }}").message())
                .isEqualTo("unknown value 'path' (it is a label: write $labels.path)");
        assertThat(problem("{{ $value }}").message()).contains("write $value.column");
        assertThat(problem("{{ $labels }}").message()).contains("write $labels.name");
        assertThat(problem("{{ $value.ratio | humanise }}"))
                .isEqualTo(new TemplateProblem(
                        18, "unknown function 'humanise' (did you mean 'humanize'?)"));
        assertThat(problem("{{ $value.kind | humanize }}").message())
                .isEqualTo("'humanize' wants a number, but '$value.kind' is VARCHAR");
        assertThat(problem("{{ $labels.path | printf \"%.2f\" }}").message())
                .contains("'%f' wants a number");
        assertThat(problem("{{ printf \"%d\" $value.ratio }}").message()).contains("use '%.0f'");
        assertThat(problem("{{ printf \"%d %d\" $value.bytes }}").message())
                .contains("nothing to fill '%d' with");
        assertThat(problem("{{ printf \"x\" $value.bytes }}").message()).contains("no verb for");
        assertThat(problem("{{ printf $value.kind }}").message()).contains("a format in quotes");
        assertThat(problem("{{ printf \"%.99f\" $value.bytes }}").message()).contains("at most 30");
        assertThat(problem("{{ printf \"%x\" $value.bytes }}").message()).contains("unknown verb");
        assertThat(problem("{{ if $value.ok }}yes{{ end }}").message())
                .contains("'if' is not supported");
        assertThat(problem("x {{ $labels.path ").offset()).isEqualTo(2);
        assertThat(problem("{{- $labels.path }}").message()).contains("trimming");
        assertThat(problem("{{ .Labels.path }}").message()).contains("write $labels.name");
        assertThat(problem("{{ ($labels.path) }}").message()).contains("parentheses");
        assertThat(problem("{{ $externalURL }}").message()).contains("expected: $labels or $value");
        assertThat(problem("{{ $labels. }}").message()).contains("a name is missing");
        assertThat(problem("{{ \"open }}").message()).contains("is not closed");
        assertThat(problem("{{ \"\\q\" }}").message()).contains("unknown escape");
        assertThat(problem("{{ }}").message()).contains("expected: $labels.name");
        assertThat(problem("{{ $value.ratio $value.bytes }}").message()).contains("'|'");
        assertThat(problem("{{ humanize }}").message()).contains("wants one value, not 0");
        assertThat(problem("{{ $value.ratio | $value.bytes }}").message())
                .contains("a function behind '|'");
        assertThat(problem("{{ 1.2.3 | humanize }}").message()).contains("is no number");
        assertThatThrownBy(() -> Template.parse("a {{ $labels.pth }}", NAMES))
                .isInstanceOf(TidewatchException.class)
                .hasMessage("template, offset 5: unknown label 'pth' (did you mean 'path'?)");
    }

    @Test
    void anyTextIsEitherATemplateOrRefusedWithAPlaceInIt() {
        List<String> pieces = List.of(
                "{{",
                "}}",
                "$",
                "$labels",
                "$value",
                ".path",
                ".ratio",
                "|",
                "humanize",
                "printf",
                "\"%.2f\"",
                "\"",
                "`",
                " ",
                "-",
                "1",
                "1.5",
                "index",
                "\"path\"",
                "if",
                "\\",
                "%",
                "(",
                "x",
                "\uD83D",
                "é");
        Choices.random("any text as a template", 3_000, choices -> {
            StringBuilder text = new StringBuilder();
            for (int i = choices.upTo(12); i > 0; i--) {
                text.append(choices.of(pieces));
            }
            String source = text.toString();
            Template.problem(source, NAMES)
                    .ifPresentOrElse(
                            problem -> assertThat(problem.offset()).isBetween(0, source.length()),
                            () -> assertThat(render(source)).isNotNull());
        });
    }

    @Test
    void readsValuesTellsWhetherAnyPlaceDoes() {
        Map<String, Boolean> cases = Map.of(
                "x {{ $labels.path }}", false,
                "{{ printf \"%s %v\" $labels.path $value.bytes }}", true,
                "{{ $value.ratio | humanize | toUpper }}", true);

        cases.forEach((text, reads) ->
                assertThat(Template.parse(text, NAMES).readsValues()).as(text).isEqualTo(reads));
    }
}
