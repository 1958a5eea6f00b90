package io.tidewatch.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The log of a real web server, against counts that plain collections make. */
class WebLogTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern LINE =
            Pattern.compile("(\\S+) \\S+ \\S+ \\[([^]]+)] \"(?:(\\S+) (\\S+) [^\"]*)\" (\\d+) .*");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);
    private static final long TEN_MINUTES = 600_000;

    @Test
    void crawlersAndVanishedPathsAreFound() throws IOException {
        Path data = CommandLineRun.root().resolve("../shared/data/events/web_access/access.log");
        assumeThat(data).as("the web log is not on this machine").exists();
        String config = CommandLineRun.examples().resolve("weblog.yaml").toString();
        CommandLineRun run = CommandLineRun.of(
                "backtest", "--config", config, "--input", "access=" + data, "--results", "-");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("10,000 accepted, 0 refused").doesNotContain(", 1 late");
        Map<String, String> crawlers = new TreeMap<>();
        for (String line : run.outLines()) {
            JsonNode row = MAPPER.readTree(line);
            if (row.get("monitor").asText().equals("crawler")) {
                crawlers.put(
                        row.get("window_end").asText() + " "
                                + row.get("key").get("client").asText(),
                        row.get("values").get("requests") + " "
                                + row.get("values").get("paths"));
            }
        }
        assertThat(crawlers).isEqualTo(expected(Files.readAllLines(data)));
        CommandLineRun alerts =
                CommandLineRun.of("backtest", "--config", config, "--input", "access=" + data);
        assertThat(alerts.out())
                .contains("FIRING      crawler {client=", "FIRING      vanished-path {path=");
    }

    private static Map<String, String> expected(List<String> lines) {
        Map<String, Long> requests = new TreeMap<>();
        Map<String, Set<String>> paths = new TreeMap<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            assertThat(matcher.matches()).as(line).isTrue();
            long time = OffsetDateTime.parse(matcher.group(2), TIME).toInstant().toEpochMilli();
            long end = (time / TEN_MINUTES + 1) * TEN_MINUTES;
            String key = java.time.Instant.ofEpochMilli(end).toString().replace("Z", ".000Z") + " "
                    + matcher.group(1);
            requests.merge(key, 1L, Long::sum);
            paths.computeIfAbsent(key, any -> new TreeSet<>()).add(matcher.group(4));
        }
        Map<String, String> expected = new TreeMap<>();
        requests.forEach((key, count) -> expected.put(
                key, count + " " + paths.getOrDefault(key, Set.of()).size()));
        return expected;
    }
}
