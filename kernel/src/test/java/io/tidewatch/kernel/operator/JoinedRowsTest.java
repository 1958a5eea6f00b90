package io.tidewatch.kernel.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.aggregate.RowOrigins;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.expression.Failures;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Look-ups beside loops over all rows of all tables. The tables, and the source, are of one schema. */
class JoinedRowsTest {
    private static final Schema SCHEMA =
            new Schema(List.of(new Field("text", Type.VARCHAR), new Field("number", Type.BIGINT)));
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "b",
            "eight by",
            "eight bz",
            "nine byte",
            "12345678-90ab-cdef-1234-567890abcdef",
            "12345678-90ab-cdef-1234-567890abcdee",
            "x".repeat(70),
            "x".repeat(69) + "y");

    /** What is looked up, and how: the columns of the joined row so far, and those of the table. */
    private record Wanted(
            String table, List<Integer> keys, List<Integer> tableColumns, boolean keepsUnmatched) {
        Lookup lookup() {
            return new Lookup(
                    table,
                    keys.stream().map(Wanted::column).toList(),
                    tableColumns,
                    keepsUnmatched);
        }

        private static Expression column(int index) {
            return Expressions.column(index, SCHEMA.field(index % 2).type());
        }
    }

    /** Rows of a table from some time on. */
    private record Version(long from, List<List<@Nullable Object>> rows) {}

    /** A row with what decides about its time; {@code origin} is the row of the source. */
    private record Row(int origin, long time, long watermark, List<@Nullable Object> values) {}

    @Test
    void findsAllRowsOfTheVersionInEffectBatchForBatch() {
        Choices.random("look-ups", 2_000, choices -> {
            List<Version> first = versions(choices);
            List<Version> second = versions(choices);
            List<Wanted> wanted = new ArrayList<>();
            for (int i = choices.between(1, 3); i > 0; i--) {
                wanted.add(wanted(choices, 2 + 2 * wanted.size()));
            }
            long lookBack = choices.upTo(20);
            TableVersions tables =
                    new TableVersions(List.of(table("t", first), table("u", second)), lookBack);
            JoinedRows joined =
                    new JoinedRows(null, wanted.stream().map(Wanted::lookup).toList(), tables);
            joined.add(readsAll(wanted));
            for (int batch = choices.between(1, 4); batch > 0; batch--) {
                List<Row> rows = rows(choices);
                List<Row> selected =
                        rows.stream().filter(row -> !choices.oneIn(4)).toList();
                List<Row> expected = selected;
                for (Wanted each : wanted) {
                    List<Version> versions = each.table().equals("t") ? first : second;
                    expected = joined(expected, each, versions, lookBack);
                }
                assertThat(joined(joined, rows, selected)).isEqualTo(expected);
            }
        });
    }

    /** Not one row of a big table is found by another's key, whose hash may be near to its own. */
    @Test
    void findsEachRowOfALargeTable() {
        for (int count : new int[] {1, 2, 3, 1_000, 4_096, 40_000}) {
            List<List<@Nullable Object>> content = new ArrayList<>();
            for (long i = 0; i < count; i++) {
                content.add(Arrays.asList("key " + i, i));
            }
            TableVersions tables = new TableVersions(
                    List.of(table("t", List.of(new Version(Long.MIN_VALUE, content)))), 0);
            Wanted wanted = new Wanted("t", List.of(0), List.of(0), false);
            JoinedRows joined = new JoinedRows(null, List.of(wanted.lookup()), tables);
            joined.add(readsAll(List.of(wanted)));
            List<Row> rows = IntStream.range(0, count + 1)
                    .mapToObj(i -> new Row(i, 0, 0, Arrays.asList("key " + i, (long) i)))
                    .toList();
            List<Row> found = joined(joined, rows, rows);
            assertThat(found).hasSize(count);
            found.forEach(row -> assertThat(row.values().get(3)).isEqualTo((long) row.origin()));
        }
    }

    private static List<Row> joined(
            List<Row> rows, Wanted wanted, List<Version> versions, long lookBack) {
        List<Row> joined = new ArrayList<>();
        for (Row row : rows) {
            long at = Math.max(row.time(), row.watermark() - lookBack);
            List<List<@Nullable Object>> content = versions.stream()
                    .filter(version -> version.from() <= at)
                    .reduce((earlier, later) -> later)
                    .map(Version::rows)
                    .orElse(List.of());
            List<List<@Nullable Object>> matches = content.stream()
                    .filter(candidate -> matches(row, candidate, wanted))
                    .toList();
            matches.forEach(match -> joined.add(with(row, match)));
            if (matches.isEmpty() && wanted.keepsUnmatched()) {
                joined.add(with(row, Arrays.asList(null, null)));
            }
        }
        return joined;
    }

    private static boolean matches(Row row, List<@Nullable Object> candidate, Wanted wanted) {
        for (int i = 0; i < wanted.keys().size(); i++) {
            Object key = row.values().get(wanted.keys().get(i));
            if (key == null
                    || !Objects.equals(key, candidate.get(wanted.tableColumns().get(i)))) {
                return false;
            }
        }
        return true;
    }

    private static Row with(Row row, List<@Nullable Object> more) {
        List<@Nullable Object> values = new ArrayList<>(row.values());
        values.addAll(more);
        return new Row(row.origin(), row.time(), row.watermark(), values);
    }

    private static List<Row> joined(JoinedRows joined, List<Row> rows, List<Row> selected) {
        int[] chosen = selected.stream().mapToInt(Row::origin).toArray();
        Selection selection = chosen.length == rows.size()
                ? Selection.all(chosen.length)
                : Selection.of(chosen, chosen.length);
        SourceRows result = joined.join(source(rows), selection, false, new NoFailures());
        List<Row> found = new ArrayList<>();
        Batch batch = result.batch();
        for (int row = 0; row < result.rowCount(); row++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < batch.schema().size(); i++) {
                values.add(Values.get(batch.schema().field(i).type(), batch.column(i), row));
            }
            int origin = joined.origins()[row];
            assertThat(result.origins().offsets()[row]).isEqualTo(1_000 + origin);
            found.add(new Row(origin, result.eventTimes()[row], result.watermarks()[row], values));
        }
        return found;
    }

    private static SourceRows source(List<Row> rows) {
        long[] times = rows.stream().mapToLong(Row::time).toArray();
        long[] watermarks = rows.stream().mapToLong(Row::watermark).toArray();
        long[] offsets = rows.stream().mapToLong(row -> 1_000 + row.origin()).toArray();
        Batch batch = batch(rows.stream().map(Row::values).toList());
        return new SourceRows(batch, new RowOrigins(0, times, offsets, null), watermarks, null);
    }

    private static ReferenceTable table(String name, List<Version> versions) {
        return new ReferenceTable(
                name,
                SCHEMA,
                versions.stream()
                        .map(version ->
                                new TableVersion(version.from(), "hash", batch(version.rows())))
                        .toList());
    }

    private static Batch batch(List<List<@Nullable Object>> rows) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < SCHEMA.size(); i++) {
            ColumnBuilder builder = ColumnBuilder.of(SCHEMA.field(i).type(), rows.size());
            for (List<@Nullable Object> row : rows) {
                Values.append(SCHEMA.field(i).type(), builder, row.get(i));
            }
            columns.add(builder.build());
        }
        return Batch.of(SCHEMA, rows.size(), columns);
    }

    private static LinkInput readsAll(List<Wanted> wanted) {
        return new LinkInput(
                new RowSource.OfStream("s"),
                null,
                wanted.stream().map(Wanted::lookup).toList(),
                null,
                IntStream.range(0, 2 + 2 * wanted.size())
                        .mapToObj(Wanted::column)
                        .toList());
    }

    private static List<Version> versions(Choices choices) {
        List<Version> versions = new ArrayList<>();
        long from = choices.flag() ? Long.MIN_VALUE : 10;
        for (int i = choices.between(0, 3); i > 0; i--) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (int j = choices.upTo(12); j > 0; j--) {
                rows.add(values(choices));
            }
            versions.add(new Version(from, rows));
            from = Math.max(from, 10) + choices.between(1, 20);
        }
        return versions;
    }

    private static Wanted wanted(Choices choices, int columns) {
        boolean byText = choices.flag();
        boolean byNumber = !byText || choices.oneIn(3);
        List<Integer> keys = new ArrayList<>();
        List<Integer> tableColumns = new ArrayList<>();
        if (byText) {
            keys.add(2 * choices.upTo(columns / 2 - 1));
            tableColumns.add(0);
        }
        if (byNumber) {
            keys.add(2 * choices.upTo(columns / 2 - 1) + 1);
            tableColumns.add(1);
        }
        return new Wanted(choices.of("t", "u"), keys, tableColumns, choices.flag());
    }

    private static List<Row> rows(Choices choices) {
        List<Row> rows = new ArrayList<>();
        for (int i = choices.upTo(20); i > 0; i--) {
            rows.add(new Row(rows.size(), choices.upTo(60), choices.upTo(60), values(choices)));
        }
        return rows;
    }

    private static List<@Nullable Object> values(Choices choices) {
        return Arrays.asList(
                choices.oneIn(8) ? null : choices.of(TEXTS),
                choices.oneIn(8) ? null : (long) choices.upTo(3));
    }

    /** Expects that nothing fails. */
    private static final class NoFailures implements JoinedRows.FailureSink {
        @Override
        public void failed(SourceRows rows, Failures failures) {
            throw new AssertionError(failures.reason(0));
        }

        @Override
        public void failed(SourceRows rows, int row, ErrorCode code, String reason) {
            throw new AssertionError(reason);
        }
    }
}
