package io.tidewatch.codecs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tidewatch.codecs.input.Inputs;
import io.tidewatch.codecs.input.RecordReader;
import io.tidewatch.codecs.time.TimeFormat;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.DoubleColumn;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.type.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Inputs that others made, from the folder {@code shared/data} beside the repository. */
class RealDataTest {
    private interface RowReader {
        void read(Decoded decoded, int row);
    }

    private static void forEachRow(String name, StreamFormat format, RowReader reader)
            throws IOException {
        Path file = find("shared/data/events/" + name);
        assumeTrue(file != null, "needs ../shared/data/events/" + name);
        try (RecordReader records = new RecordReader(Inputs.open(requireNonNull(file)), format)) {
            Decoded decoded = records.next();
            while (decoded != null) {
                assertThat(decoded.refusals()).isEmpty();
                for (int row = 0; row < decoded.rowCount(); row++) {
                    reader.read(decoded, row);
                }
                decoded = records.next();
            }
        }
    }

    /** The file beside the repository, or beside a folder that holds it. */
    private static @Nullable Path find(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve(name))) {
            folder = folder.getParent();
        }
        return folder == null ? null : folder.resolve(name);
    }

    private static void count(Map<String, Integer> counts, String key) {
        counts.merge(key, 1, Integer::sum);
    }

    @Test
    void readsAWebLog() throws IOException {
        StreamFormat format = StreamFormat.of(
                new Format.Combined(),
                0,
                FieldSpec.of("ts", Type.TIMESTAMP),
                FieldSpec.of("status", Type.BIGINT),
                FieldSpec.of("method", Type.VARCHAR),
                FieldSpec.of("bytes", Type.BIGINT),
                FieldSpec.of("agent", Type.VARCHAR));
        Map<String, Integer> counts = new TreeMap<>();
        forEachRow("web_access/access.log", format, (decoded, row) -> {
            count(counts, "all");
            count(counts, String.valueOf(decoded.batch().longs(1).value(row)));
            count(counts, decoded.batch().bytes(2).toString(row));
            assertThat(decoded.eventTimes()[row])
                    .isBetween(
                            Instant.parse("2015-05-17T00:00:00Z").toEpochMilli(),
                            Instant.parse("2015-05-21T00:00:00Z").toEpochMilli());
        });
        assertThat(counts)
                .containsEntry("all", 10_000)
                .containsEntry("404", 213)
                .containsEntry("500", 3)
                .containsEntry("GET", 9952);
    }

    @Test
    void readsOrders() throws IOException {
        StreamFormat format = StreamFormat.of(
                Format.Csv.DEFAULT,
                0,
                FieldSpec.of("ts", Type.TIMESTAMP)
                        .withPath("InvoiceDate")
                        .withTimeFormat(new TimeFormat.Rfc3339(ZoneId.of("Europe/London"))),
                FieldSpec.of("InvoiceNo", Type.VARCHAR),
                FieldSpec.of("Quantity", Type.BIGINT),
                FieldSpec.of("UnitPrice", Type.decimal(12, 3)),
                FieldSpec.of("CustomerID", Type.BIGINT),
                FieldSpec.of("Country", Type.VARCHAR),
                FieldSpec.of("Description", Type.VARCHAR));
        Map<String, Integer> counts = new TreeMap<>();
        long[] greatest = {0, 0};
        forEachRow("retail/online_retail.csv.gz", format, (decoded, row) -> {
            count(counts, "all");
            LongColumn quantity = decoded.batch().longs(2);
            if (quantity.value(row) > greatest[0]) {
                greatest[0] = quantity.value(row);
                greatest[1] = decoded.eventTimes()[row];
            }
            count(counts, decoded.batch().column(4).isNull(row) ? "no customer" : "customer");
            count(counts, decoded.batch().column(6).isNull(row) ? "no description" : "description");
            BytesColumn invoices = decoded.batch().bytes(1);
            count(counts, invoices.bytes()[invoices.start(row)] == 'C' ? "cancelled" : "ordered");
        });
        assertThat(counts)
                .containsEntry("all", 541_909)
                .containsEntry("cancelled", 9_288)
                .containsEntry("no customer", 135_080)
                .containsEntry("no description", 1_454);
        assertThat(greatest[0]).isEqualTo(80_995);
        assertThat(Instant.ofEpochMilli(greatest[1])).isEqualTo("2011-12-09T09:15:00Z");
    }

    @Test
    void readsFlights() throws IOException {
        StreamFormat format = StreamFormat.of(
                new Format.Json(),
                0,
                FieldSpec.of("ts", Type.TIMESTAMP)
                        .withTimeFormat(new TimeFormat.Rfc3339(ZoneId.of("America/New_York"))),
                FieldSpec.of("carrier", Type.VARCHAR),
                FieldSpec.of("dep_delay", Type.DOUBLE),
                FieldSpec.of("cancelled", Type.BIGINT));
        Map<String, Integer> counts = new TreeMap<>();
        double[] sum = {0};
        forEachRow("flights/us_flights_2014_01_sample.jsonl.gz", format, (decoded, row) -> {
            count(counts, "all");
            DoubleColumn delay = decoded.batch().doubles(2);
            sum[0] += delay.isNull(row) ? 0 : delay.value(row);
            count(counts, decoded.batch().longs(3).value(row) == 1 ? "cancelled" : "flown");
        });
        assertThat(counts).containsEntry("all", 9_746).containsEntry("cancelled", 701);
        assertThat(sum[0]).isEqualTo(178645.0);
    }

    @Test
    void readsNestedEvents() throws IOException {
        StreamFormat format = StreamFormat.of(
                new Format.Json(),
                0,
                FieldSpec.of("created_at", Type.TIMESTAMP),
                FieldSpec.of("type", Type.VARCHAR),
                FieldSpec.of("login", Type.VARCHAR).withPath("actor.login"),
                FieldSpec.of("size", Type.BIGINT).withPath("payload.size"),
                FieldSpec.of("author", Type.VARCHAR).withPath("payload.commits[0].author.name"),
                FieldSpec.of("id", Type.BIGINT),
                FieldSpec.of("public", Type.BOOLEAN));
        Map<String, Integer> counts = new TreeMap<>();
        long[] sum = {0};
        forEachRow("github_events/2021-07-21-sample-800.jsonl.gz", format, (decoded, row) -> {
            count(counts, "all");
            count(counts, decoded.batch().bytes(1).toString(row));
            LongColumn size = decoded.batch().longs(3);
            sum[0] += size.isNull(row) ? 0 : size.value(row);
            count(counts, decoded.batch().column(4).isNull(row) ? "no author" : "author");
            count(counts, decoded.batch().column(2).isNull(row) ? "no login" : "login");
        });
        assertThat(counts)
                .containsEntry("all", 800)
                .containsEntry("login", 800)
                .containsEntry("PushEvent", 425)
                .containsEntry("author", 415);
        assertThat(sum[0]).isEqualTo(1630);
    }

    @Test
    void readsAnSshLog() throws IOException {
        StreamFormat format = StreamFormat.of(
                new Format.Regex(
                        "(?P<ts>\\w{3} +\\d+ [\\d:]{8}) (?P<host>\\S+) (?P<program>[^\\[:]+)(?:\\[(?P<pid>\\d+)\\])?:"
                                + " (?P<message>(?:(?:message repeated \\d+ times: \\[ )?(?P<outcome>Failed|Accepted) \\S+ for (?:invalid user )?(?P<user>\\S*) from"
                                + " (?P<address>\\S+) port.*)|.*)"),
                0,
                FieldSpec.of("ts", Type.TIMESTAMP)
                        .withTimeFormat(TimeFormat.parse("MMM d HH:mm:ss", ZoneId.of("UTC"), 2015)),
                FieldSpec.of("program", Type.VARCHAR),
                FieldSpec.of("outcome", Type.VARCHAR),
                FieldSpec.of("pid", Type.BIGINT));
        Map<String, Integer> counts = new TreeMap<>();
        forEachRow("ssh_auth/auth.log", format, (decoded, row) -> {
            count(counts, "all");
            BytesColumn outcomes = decoded.batch().bytes(2);
            count(counts, outcomes.isNull(row) ? "other" : outcomes.toString(row));
        });
        assertThat(counts)
                .containsEntry("all", 7_121)
                .containsEntry("Accepted", 226)
                .containsEntry("Failed", 717);
    }
}
