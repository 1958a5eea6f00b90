package io.tidewatch.kernel.window;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.expression.Timestamps;
import io.tidewatch.kernel.time.Durations;
import io.tidewatch.kernel.time.Lateness;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.kernel.time.WatermarkTracker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The tables in docs/concepts/time.md and windows.md say what the code does. */
final class ConceptExamplesTest {
    private static final Pattern FAMILY = Pattern.compile(
            "(tumble|hop|cumulate) (\\w+)(?: (?:every|step) (\\w+))?(?: offset (\\w+))?(?: zone (\\S+))?");

    @Test
    void theWindowsThatHoldATime() throws IOException {
        List<List<String>> rows = rows("windows.md", "windows");
        assertThat(rows).hasSizeGreaterThan(8);
        for (List<String> row : rows) {
            Windows windows = windows(row.get(0));
            assertThat(windows.canonical()).isEqualTo(row.get(0));
            long time = Instant.parse(row.get(1)).toEpochMilli();
            assertThat(holding(windows, time)).as("%s", row).isEqualTo(row.get(2));
        }
    }

    @Test
    void theWatermarkRowByRow() throws IOException {
        WatermarkTracker tracker = new WatermarkTracker(TimeSpec.defaults());
        List<List<String>> rows = rows("time.md", "event time");
        assertThat(rows).hasSizeGreaterThan(3);
        for (List<String> row : rows) {
            long[] before = new long[1];
            tracker.rows(new long[] {millis(row.get(0))}, Selection.all(1), before);
            assertThat(before[0])
                    .isEqualTo(row.get(1).equals("none") ? Times.BEGINNING : millis(row.get(1)));
            assertThat(tracker.watermark()).isEqualTo(millis(row.get(2)));
        }
    }

    @Test
    void theRevisionThatAnEventBelongsTo() throws IOException {
        Lateness lateness = new Lateness(10_000, 4_000);
        long end = millis("12:01:00");
        List<List<String>> rows = rows("time.md", "watermark before the event");
        assertThat(rows).hasSizeGreaterThan(5);
        for (List<String> row : rows) {
            long watermark = millis(row.get(0));
            if (row.get(1).equals("none: late")) {
                assertThat(lateness.isLate(watermark, end)).isTrue();
            } else {
                int revision = lateness.revision(watermark, end);
                assertThat("revision " + revision).isEqualTo(row.get(1));
                assertThat(lateness.dueTime(end, revision)).isEqualTo(millis(row.get(2)));
            }
        }
    }

    private static Windows windows(String text) {
        Matcher parts = FAMILY.matcher(text);
        assertThat(parts.matches()).as(text).isTrue();
        long size = Durations.parse(requireNonNull(parts.group(2)));
        long step = duration(parts.group(3), size);
        long offset = duration(parts.group(4), 0);
        String zoneId = parts.group(5);
        ZoneId zone = ZoneId.of(zoneId == null ? "UTC" : zoneId);
        return text.startsWith("cumulate")
                ? Windows.cumulating(size, step, offset, zone)
                : Windows.hopping(size, step, offset, zone);
    }

    private static long duration(@Nullable String text, long otherwise) {
        return text == null ? otherwise : Durations.parse(text);
    }

    private static String holding(Windows windows, long time) {
        if (!windows.contains(time)) {
            return "none";
        }
        List<String> found = new ArrayList<>();
        long last = windows.lastEnd(time);
        for (long end = windows.firstEnd(time); end <= last; end = windows.nextEnd(end)) {
            found.add(Timestamps.format(windows.startOf(end)) + " to " + Timestamps.format(end));
        }
        return String.join(", ", found);
    }

    private static long millis(String time) {
        return LocalTime.parse(time).toNanoOfDay() / 1_000_000;
    }

    /** The rows of all tables whose first column has that head, cells without back quotes. */
    private static List<List<String>> rows(String document, String head) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean inTable = false;
        for (String line : Files.readAllLines(root().resolve("docs/concepts").resolve(document))) {
            if (!line.startsWith("|")) {
                inTable = false;
            } else if (line.startsWith("| " + head + " |")) {
                inTable = true;
            } else if (inTable && !line.startsWith("| ---")) {
                String[] cells = line.substring(1).replace("`", "").split("\\|", -1);
                rows.add(List.of(cells[0].strip(), cells[1].strip(), cells[2].strip()));
            }
        }
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
