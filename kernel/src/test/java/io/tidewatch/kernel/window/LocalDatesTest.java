package io.tidewatch.kernel.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.kernel.time.LocalStarts;
import io.tidewatch.kernel.time.LocalStarts.Change;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps by local clocks at every change that the tz database knows, against {@code java.time}. */
final class LocalDatesTest {
    private static final Duration REACH = Duration.ofHours(36);

    private static final List<Change> CHANGES = LocalStarts.all();

    @ParameterizedTest
    @CsvSource({
        "PT15M, PT0S",
        "PT1H, PT0S",
        "PT6H, PT1H",
        "PT36H, PT5H",
        "P1D, PT0S",
        "P1D, PT6H",
        "P1D, -PT30M",
        "P2D, PT0S",
        "P7D, P4D"
    })
    void stepsBeginWhereTheClockShowsTheirBeginningOrJumpsOverIt(Duration step, Duration offset) {
        List<String> wrong = new ArrayList<>();
        for (Change change : CHANGES) {
            Grid grid = Grid.of(step.toMillis(), offset.toMillis(), change.zone());
            check(grid, starts(change, step, offset), change, wrong);
        }
        assertThat(CHANGES).hasSizeGreaterThan(10_000);
        assertThat(wrong.stream().limit(20)).isEmpty();
    }

    @Test
    void aDayIsADateWhereverItIsShownTwice() {
        long day = Duration.ofDays(1).toMillis();
        for (Change change : CHANGES) {
            Windows days = Windows.tumbling(day, 0, change.zone());
            var date = change.transition().getDateTimeAfter().toLocalDate();
            long start = date.atStartOfDay(change.zone()).toInstant().toEpochMilli();
            long end = date.plusDays(1).atStartOfDay(change.zone()).toInstant().toEpochMilli();
            assertThat(days.firstEnd(start)).as("%s", change).isEqualTo(end);
            assertThat(days.startOf(end)).as("%s", change).isEqualTo(start);
        }
    }

    private static List<Long> starts(Change change, Duration step, Duration offset) {
        Duration reach = REACH.plus(step.multipliedBy(4));
        LocalDateTime before = change.transition().getDateTimeBefore().minus(reach);
        long millis = before.minus(offset).toInstant(ZoneOffset.UTC).toEpochMilli();
        LocalDateTime first =
                before.minus(Duration.ofMillis(Math.floorMod(millis, step.toMillis())));
        LocalDateTime last = change.transition().getDateTimeAfter().plus(reach);
        boolean dates = step.toMillis() % Duration.ofDays(1).toMillis() == 0;
        return LocalStarts.of(
                change.zone().getRules(), first, time -> time.plus(step), last, dates);
    }

    /** The starts at both ends of the list are left out: what lies beyond them is not in it. */
    private static void check(Grid grid, List<Long> starts, Change change, List<String> wrong) {
        for (int i = 2; i + 3 < starts.size(); i++) {
            long start = starts.get(i);
            long end = starts.get(i + 1);
            boolean right = grid.floor(start) == start
                    && grid.floor(end - 1) == start
                    && grid.after(start, 1) == end
                    && grid.after(start - 1, 2) == end
                    && grid.before(end, 1) == start
                    && grid.before(end + 1, 2) == start
                    && grid.after(start, 2) == starts.get(i + 2)
                    && end - start <= grid.lengthMillisMax(1)
                    && starts.get(i + 2) - start <= grid.lengthMillisMax(2);
            if (!right) {
                wrong.add(change + " from " + start + " to " + end + ", found " + grid.floor(start)
                        + " to " + grid.after(start, 1));
            }
        }
    }
}
