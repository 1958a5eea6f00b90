package io.tidewatch.codecs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.codecs.Decoding.Outcome;
import io.tidewatch.codecs.time.TimeFormat;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables in docs/reference/codecs.md say what the code does. */
class CodecsReferenceTest {
    private static final Format.Csv CSV =
            new Format.Csv(',', '"', false, List.of("a", "b"), "NA", Format.Encoding.UTF_8);

    @Test
    void jsonValues() throws IOException {
        for (List<String> row : rows("type | JSON", 20)) {
            FieldSpec field = FieldSpec.of("x", type(row.get(0)));
            assertRow(
                    row,
                    decode(new Format.Json(), "{\"x\":" + plain(row.get(1)) + "}", field),
                    row.get(2));
        }
    }

    @Test
    void textValues() throws IOException {
        for (List<String> row : rows("type | text", 9)) {
            FieldSpec field = FieldSpec.of("x", type(row.get(0)));
            assertRow(
                    row, decode(new Format.Logfmt(), "x=" + plain(row.get(1)), field), row.get(2));
        }
    }

    @Test
    void paths() throws IOException {
        for (List<String> row : rows("path | record", 8)) {
            FieldSpec field = FieldSpec.of("x", Type.VARCHAR);
            FieldSpec placed =
                    row.get(0).equals("none") ? field : field.withPath(plain(row.get(0)));
            assertRow(row, decode(new Format.Json(), plain(row.get(1)), placed), row.get(2));
        }
    }

    @Test
    void csvRecords() throws IOException {
        for (List<String> row : rows("record | values", 8)) {
            assertRow(row, decode(CSV, plain(row.get(0)), texts("`a`, `b`")), row.get(1));
        }
    }

    @Test
    void webLogLines() throws IOException {
        for (List<String> row : rows("line | parts", 5)) {
            assertRow(
                    row,
                    decode(new Format.Combined(), plain(row.get(0)), texts(row.get(1))),
                    row.get(2));
        }
    }

    @Test
    void logfmtLines() throws IOException {
        for (List<String> row : rows("line | values", 7)) {
            assertRow(
                    row,
                    decode(new Format.Logfmt(), plain(row.get(0)), texts("`a`, `b`")),
                    row.get(1));
        }
    }

    @Test
    void times() throws IOException {
        for (List<String> row : rows("format | zone", 15)) {
            ZoneId zone = row.get(1).isEmpty() ? null : ZoneId.of(plain(row.get(1)));
            Integer year = row.get(2).isEmpty() ? null : Integer.valueOf(plain(row.get(2)));
            FieldSpec field = FieldSpec.of("x", Type.TIMESTAMP)
                    .withTimeFormat(TimeFormat.parse(plain(row.get(0)), zone, year));
            assertRow(
                    row,
                    decode(new Format.Json(), "{\"x\":\"" + plain(row.get(3)) + "\"}", field),
                    row.get(4));
        }
    }

    private static Outcome decode(Format format, String record, FieldSpec... fields) {
        StreamFormat stream =
                new StreamFormat(format, List.of(fields), OptionalInt.empty(), Limits.DEFAULT);
        return Decoding.of(stream, record);
    }

    private static FieldSpec[] texts(String names) {
        return Arrays.stream(names.split(", "))
                .map(name -> FieldSpec.of(plain(name), Type.VARCHAR))
                .toArray(FieldSpec[]::new);
    }

    private static Type type(String text) {
        return text.startsWith("DECIMAL")
                ? Type.decimal(5, 2)
                : new Type(TypeKind.valueOf(text), 0, 0);
    }

    private static void assertRow(List<String> row, Outcome outcome, String expected) {
        String actual = outcome.rows().isEmpty()
                ? "refused"
                : outcome.rows().get(0).values().stream()
                        .map(value -> value == null ? "NULL" : "`" + value + "`")
                        .collect(Collectors.joining(", "));
        boolean isTime = row.get(0).equals("TIMESTAMP") || row.size() == 5;
        String instant = isTime && !actual.equals("refused")
                ? "`" + Instant.ofEpochMilli(Long.parseLong(plain(actual))) + "`"
                : actual;
        assertThat(instant.replace('\n', '⏎')).as("%s", row).isEqualTo(expected);
    }

    private static String plain(String cell) {
        return cell.replace("`", "").replace('⏎', '\n');
    }

    /** The rows of the table whose head begins so. */
    private static List<List<String>> rows(String head, int atLeast) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean inTable = false;
        for (String line : Files.readAllLines(root().resolve("docs/reference/codecs.md"))) {
            if (!line.startsWith("|")) {
                inTable = false;
            } else if (line.startsWith("| " + head + " |")) {
                inTable = true;
            } else if (inTable && !line.startsWith("| ---")) {
                rows.add(Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList());
            }
        }
        assertThat(rows).hasSizeGreaterThanOrEqualTo(atLeast);
        return rows;
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = requireNonNull(folder.getParent(), "no folder above has .mvn");
        }
        return folder;
    }
}
