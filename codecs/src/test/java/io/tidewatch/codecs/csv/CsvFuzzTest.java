package io.tidewatch.codecs.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.tidewatch.codecs.Decoding;
import io.tidewatch.codecs.Decoding.Outcome;
import io.tidewatch.codecs.FieldSpec;
import io.tidewatch.codecs.Format;
import io.tidewatch.codecs.Limits;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.type.Type;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The decoder beside FastCSV: the same records are accepted, with the same values. What is different is meant:
 *
 * <ul>
 *   <li>A carriage return that no line feed follows is text; FastCSV ends a line there.
 *   <li>FastCSV stops at a malformed record. We refuse it and go on behind the line of the fault, or, when a quote is not
 *       closed before the end, behind the first line of the record.
 *   <li>FastCSV does not tell an empty value in quotes from one without, so its writer is asked for that.
 * </ul>
 */
class CsvFuzzTest {
    /** Stands for a carriage return that is text. */
    private static final String RETURN = "\uE000";

    private static StreamFormat format(char delimiter, char quote) {
        Format.Csv csv = new Format.Csv(
                delimiter, quote, false, List.of("a", "b"), null, Format.Encoding.UTF_8);
        return new StreamFormat(
                csv,
                List.of(FieldSpec.of("a", Type.VARCHAR), FieldSpec.of("b", Type.VARCHAR)),
                OptionalInt.empty(),
                new Limits(1 << 20, 1));
    }

    @Test
    void readsWhatFastCsvReads() {
        Choices.random("CSV equals FastCSV", 20_000, choices -> {
            char delimiter = choices.of(",", ";", "\t", "|").charAt(0);
            char quote = choices.of("\"", "'").charAt(0);
            assertEqualsFastCsv(delimiter, quote, text(choices, delimiter, quote));
        });
    }

    /** Every text of up to six of the characters that mean something. */
    @Test
    void readsEveryShortTextAsFastCsvDoes() {
        Choices.exhaustive(choices -> {
            StringBuilder text = new StringBuilder();
            int length = choices.upTo(6);
            for (int i = 0; i < length; i++) {
                text.append(choices.of("a", "\"", ",", "\n", "\r"));
            }
            assertEqualsFastCsv(',', '"', text.toString());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b\r\n\"c\r\nd\",\"\"\"\"\r\n",
                "\"a\"b,c\nd,e\n",
                "a,\"b\nc,d\ne,f",
                "a,b\rc,d\n",
                "\"a\",b\r",
                " \"a\" ,b\n",
                ",\n\n,\n",
                "#a,b\n",
            })
    void readsNamedCasesAsFastCsvDoes(String text) {
        assertEqualsFastCsv(',', '"', text);
    }

    @Test
    void readsWhatFastCsvWrites() {
        Choices.random("CSV of FastCSV", 5_000, choices -> {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            StringWriter text = new StringWriter();
            // Only the one that puts empty values in quotes can write NULL.
            boolean hasNulls = choices.flag();
            try (CsvWriter writer = CsvWriter.builder()
                    .quoteStrategy(hasNulls ? QuoteStrategies.EMPTY : QuoteStrategies.ALWAYS)
                    .lineDelimiter(choices.of(LineDelimiter.LF, LineDelimiter.CRLF))
                    .build(text)) {
                for (int row = choices.upTo(5); row > 0; row--) {
                    List<@Nullable Object> values = new ArrayList<>();
                    values.add(hasNulls && choices.oneIn(4) ? null : value(choices));
                    values.add(hasNulls && choices.oneIn(4) ? null : value(choices));
                    writer.writeRecord((String) values.get(0), (String) values.get(1));
                    rows.add(values);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            assertThat(Decoding.of(format(',', '"'), text.toString()).values())
                    .as(text.toString())
                    .isEqualTo(rows);
        });
    }

    private static String value(Choices choices) {
        StringBuilder value = new StringBuilder();
        for (int i = choices.upTo(4); i > 0; i--) {
            value.append(choices.of("a", "\"", ",", "\n", "\r", "é", " ", "😀", "\u0000"));
        }
        return value.toString();
    }

    private static String text(Choices choices, char delimiter, char quote) {
        StringBuilder text = new StringBuilder();
        int length = choices.upTo(40);
        for (int i = 0; i < length; i++) {
            String piece = choices.of(
                    "a",
                    "Q",
                    "D",
                    "\n",
                    "\r",
                    "é",
                    "QQ",
                    "DQ",
                    "QD",
                    "Q\n",
                    "\r\n",
                    " ",
                    "#",
                    "😀",
                    "a plain value",
                    "Qa plain value in quotesQ",
                    "\nQ",
                    "D\n",
                    "\u0000",
                    "\\");
            text.append(piece.replace('Q', quote).replace('D', delimiter));
        }
        return text.toString();
    }

    private static void assertEqualsFastCsv(char delimiter, char quote, String text) {
        Expected expected = new Expected(delimiter, quote, text);
        Outcome outcome = Decoding.of(format(delimiter, quote), text.getBytes(UTF_8));
        List<List<String>> actual = new ArrayList<>();
        for (Decoding.Row row : outcome.rows()) {
            actual.add(row.values().stream()
                    .map(value -> value == null ? "" : (String) value)
                    .toList());
        }
        assertThat(actual).as(text).isEqualTo(expected.accepted);
        assertThat(outcome.refusals()).as(text).hasSize(expected.refused);
    }

    /** What FastCSV reads, and how many records it does not. */
    private static final class Expected {
        private final char delimiter;
        private final char quote;
        private final List<List<String>> accepted = new ArrayList<>();
        private int refused;

        Expected(char delimiter, char quote, String text) {
            this.delimiter = delimiter;
            this.quote = quote;
            String ended = text.endsWith("\r") ? text + "\n" : text;
            String rest = ended.replaceAll("\r(?!\n)", RETURN);
            while (!rest.isEmpty()) {
                rest = read(rest);
            }
        }

        /** Reads records up to the first malformed one; returns what is behind that. */
        private String read(String text) {
            List<CsvRecord> records = new ArrayList<>();
            boolean isWhole = records(text, false, records);
            for (CsvRecord record : records) {
                if (record.getFieldCount() == 2) {
                    accepted.add(record.getFields().stream()
                            .map(value -> value.replace(RETURN, "\r"))
                            .toList());
                } else {
                    refused++;
                }
            }
            if (isWhole) {
                return "";
            }
            refused++;
            return behind(text, malformedLine(text));
        }

        /** The line of the fault, or, if a quote is not closed, of where its record begins; from 1. */
        private long malformedLine(String text) {
            List<CsvRecord> records = new ArrayList<>();
            if (records(text, true, records)) {
                return records.get(records.size() - 1).getStartingLineNumber();
            }
            long line = 1;
            while (records(
                    text.substring(0, text.length() - behind(text, line).length()),
                    true,
                    new ArrayList<>())) {
                line++;
            }
            return line;
        }

        private static String behind(String text, long line) {
            int at = 0;
            for (long i = 0; i < line; i++) {
                at = text.indexOf('\n', at) + 1;
                if (at == 0) {
                    return "";
                }
            }
            return text.substring(at);
        }

        /** Adds the records before the first malformed one; whether there is none. */
        private boolean records(String text, boolean allowUnclosed, List<CsvRecord> records) {
            Iterator<CsvRecord> iterator = CsvReader.builder()
                    .fieldSeparator(delimiter)
                    .quoteCharacter(quote)
                    .commentStrategy(CommentStrategy.NONE)
                    .skipEmptyLines(true)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .allowUnclosedQuote(allowUnclosed)
                    .detectBomHeader(false)
                    .ofCsvRecord(text)
                    .iterator();
            try {
                while (iterator.hasNext()) {
                    records.add(iterator.next());
                }
                return true;
            } catch (CsvParseException e) {
                return false;
            }
        }
    }
}
