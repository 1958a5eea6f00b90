package io.tidewatch.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The orders of a real shop, against sums that plain collections make. */
class RetailTest {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    @TempDir
    private static Path folder;

    private static List<JsonNode> results = List.of();
    private static List<JsonNode> alerts = List.of();
    private static Map<String, Sales> sales = Map.of();
    private static Map<LocalDate, List<BigDecimal>> prices = Map.of();

    @BeforeAll
    static void backtest() throws IOException {
        Path data =
                CommandLineRun.root().resolve("../shared/data/events/retail/online_retail.csv.gz");
        assumeThat(data).as("the retail data set is not on this machine").exists();
        Path resultFile = folder.resolve("results.jsonl");
        Path alertFile = folder.resolve("alerts.jsonl");
        CommandLineRun run = CommandLineRun.of(
                "backtest",
                "--config",
                CommandLineRun.examples().resolve("retail.yaml").toString(),
                "--input",
                "orders=" + data,
                "--results",
                resultFile.toString(),
                "--alerts",
                alertFile.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("541,909 events", "541,909 accepted, 0 refused");
        results = rows(resultFile);
        alerts = rows(alertFile);
        compute(data);
    }

    @Test
    void theGreatOrdersAndTheirCancellationsRaiseAlerts() {
        assertThat(alerts)
                .extracting(
                        row -> row.get("at").asText() + " " + row.get("monitor").asText() + " "
                                + row.get("values").get("quantity").asInt())
                .contains(
                        "2011-01-18T10:01:00.000Z order-too-large 74215",
                        "2011-01-18T10:17:00.000Z cancellation-too-large -74215",
                        "2011-12-09T09:15:00.000Z order-too-large 80995",
                        "2011-12-09T09:27:00.000Z cancellation-too-large -80995");
    }

    @Test
    void hourlyTotalsAndDistinctCustomersAreExact() {
        Map<String, Sales> actual = new TreeMap<>();
        for (JsonNode row : results) {
            if (row.get("monitor").asText().equals("hourly-sales")) {
                JsonNode values = row.get("values");
                Sales one = new Sales();
                one.lines = values.get("order_lines").asLong();
                one.units = values.get("units").asLong();
                one.revenue = values.get("revenue").decimalValue();
                one.customerCount = values.get("customers").asLong();
                actual.put(
                        row.get("window_start").asText() + " "
                                + row.get("key").get("country").asText(),
                        one);
                assertThat(row.get("final").asBoolean()).isTrue();
            }
        }
        assertThat(actual.keySet()).isEqualTo(sales.keySet());
        sales.forEach((key, expected) ->
                assertThat(actual.get(key)).as(key).hasToString(expected.toString()));
    }

    @Test
    void dailyPercentilesAreWithinOnePercent() {
        int days = 0;
        for (JsonNode row : results) {
            if (row.get("monitor").asText().equals("daily-prices")) {
                LocalDate day = java.time.Instant.parse(row.get("window_start").asText())
                        .atZone(ZoneId.of("Europe/London"))
                        .toLocalDate();
                List<BigDecimal> sorted = prices.getOrDefault(day, List.of());
                assertThat(sorted).as("prices of %s", day).isNotEmpty();
                assertNear(row.get("values").get("median").decimalValue(), rank(sorted, 0.5));
                assertNear(row.get("values").get("highest").decimalValue(), rank(sorted, 0.99));
                days++;
            }
        }
        assertThat(days).isEqualTo(prices.size());
    }

    private static void assertNear(BigDecimal actual, BigDecimal exact) {
        assertThat(actual.doubleValue())
                .isBetween(exact.doubleValue() * 0.99, exact.doubleValue() * 1.01);
    }

    private static BigDecimal rank(List<BigDecimal> sorted, double p) {
        int rank = Math.max(1, (int) Math.ceil(p * sorted.size()));
        return sorted.get(rank - 1);
    }

    private static List<JsonNode> rows(Path file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            rows.add(MAPPER.readTree(line));
        }
        return rows;
    }

    private static void compute(Path data) throws IOException {
        sales = new TreeMap<>();
        prices = new TreeMap<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(data)), UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(split(line));
            }
        }
        prices.values().forEach(Collections::sort);
    }

    private static void add(List<String> values) {
        LocalDateTime time = LocalDateTime.parse(values.get(4), TIME);
        long quantity = Long.parseLong(values.get(3));
        BigDecimal price = new BigDecimal(values.get(5));
        String hour = time.withMinute(0)
                .withSecond(0)
                .atZone(ZoneId.of("Europe/London"))
                .toInstant()
                .toString()
                .replace("Z", ".000Z");
        Sales one = sales.computeIfAbsent(hour + " " + values.get(7), any -> new Sales());
        one.lines++;
        one.units += quantity;
        one.revenue = one.revenue.add(price.multiply(BigDecimal.valueOf(quantity)));
        if (!values.get(6).isEmpty()) {
            one.customers.add(values.get(6));
        }
        one.customerCount = one.customers.size();
        if (price.signum() > 0) {
            prices.computeIfAbsent(time.toLocalDate(), any -> new ArrayList<>()).add(price);
        }
    }

    /** Splits a line of CSV in which no value has a line break. */
    private static List<String> split(String line) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char letter = line.charAt(i);
            if (letter == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                value.append('"');
                i++;
            } else if (letter == '"') {
                quoted = !quoted;
            } else if (letter == ',' && !quoted) {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(letter);
            }
        }
        values.add(value.toString());
        return values;
    }

    /** What one country bought in one hour. */
    private static final class Sales {
        private long lines;
        private long units;
        private BigDecimal revenue = BigDecimal.ZERO;
        private long customerCount;
        private final Set<String> customers = new HashSet<>();

        @Override
        public String toString() {
            return lines + " lines, " + units + " units, "
                    + revenue.stripTrailingZeros().toPlainString() + ", " + customerCount
                    + " customers";
        }
    }
}
