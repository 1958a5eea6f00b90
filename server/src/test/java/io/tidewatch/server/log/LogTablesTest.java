package io.tidewatch.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.kernel.operator.TableVersion;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.server.clock.FakeClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogTablesTest {
    private static final String ONE = hash("one");
    private static final String TWO = hash("two");

    private final FakeClock clock = new FakeClock(1_000_000);
    private final LogText log = new LogText();
    private final List<String> notices = new ArrayList<>();
    private final ScriptedSource first = new ScriptedSource();
    private final ScriptedSource second = new ScriptedSource();
    private final ScriptedTable table = new ScriptedTable("t", "one\n");

    @Test
    void everyPartitionBeginsWithWhatTheFileHas() {
        start(table, 16, 1L << 30);
        assertThat(log.take())
                .containsExactly(
                        "0 a script",
                        "0 table t " + ONE + " from " + Long.MIN_VALUE + " @1000000",
                        "1 b script",
                        "1 table t " + ONE + " from " + Long.MIN_VALUE + " @1000000");
    }

    @Test
    void aChangeHoldsFromWhereNoEventHasComeIntoEveryPartition() {
        LogOwner owner = started(16, 1L << 30);
        table.set("two\n");
        clock.advance(5);
        owner.step();
        // The second stream has the greater ahead: events to 1_000_005 + 900 may have come.
        assertThat(log.take())
                .containsExactly(
                        "0 table t " + TWO + " from 1000906 @1000005",
                        "1 table t " + TWO + " from 1000906 @1000005");
        assertThat(notices).containsExactly("t changes from 1000906");
        owner.step();
        assertThat(log.take()).isEmpty();
    }

    @Test
    void aChangeHoldsAfterEventsThatCameBeforeTheClockWasPutBack() {
        LogOwner owner = started(16, 1L << 30);
        first.give(row(1_000_500));
        owner.step();
        clock.advance(-100_000);
        table.set("two\n");
        log.take();
        owner.step();
        assertThat(log.take()).contains("0 table t " + TWO + " from 1000901 @1000000");
    }

    @Test
    void theSameContentIsNoChangeAndAnEarlierOneIs() {
        LogOwner owner = started(16, 1L << 30);
        table.set("one\n");
        owner.step();
        assertThat(log.take()).isEmpty();
        table.set("two\n");
        owner.step();
        clock.advance(10);
        table.set("one\n");
        log.take();
        owner.step();
        assertThat(log.take()).contains("0 table t " + ONE + " from 1000911 @1000010");
    }

    @Test
    void aFileThatIsMalformedOrGoneLeavesTheTableAsItIs() {
        LogOwner owner = started(16, 1L << 30);
        table.set("bad\n");
        owner.step();
        owner.step();
        table.set(null);
        owner.step();
        table.set("one\n");
        owner.step();
        assertThat(log.take()).isEmpty();
        assertThat(notices)
                .containsExactly("t stays: t.csv, line 1: bad", "t stays: there is no file t.csv");
        table.set("two\n");
        owner.step();
        assertThat(log.take()).hasSize(2);
    }

    @Test
    void aTableThatIsEffectiveLaterIsNotOvertaken() {
        ScriptedTable later = new ScriptedTable("t", "one\n", 2_000_000);
        LogOwner owner = start(later, 16, 1L << 30);
        log.take();
        later.set("two\n");
        owner.step();
        assertThat(log.take()).contains("0 table t " + TWO + " from 2000000 @1000000");
    }

    @Test
    void noMoreVersionsAreKeptThanTheLimitSays() {
        LogOwner owner = started(2, 1L << 30);
        table.set("two\n");
        owner.step();
        clock.advance(1_000);
        table.set("three\n");
        log.take();
        owner.step();
        assertThat(log.take()).isEmpty();
        assertThat(notices.get(notices.size() - 1)).contains("table_versions: 2");
        // The look back is 50: from 1_000_951 on no row needs the first version.
        first.give(row(1_000_951));
        second.give(row(1_000_950));
        owner.step();
        assertThat(log.take()).noneMatch(line -> line.contains("table"));
        second.give(row(1_000_951));
        owner.step();
        owner.step();
        assertThat(log.take()).contains("0 table t " + hash("three") + " from 1001901 @1001000");
    }

    @Test
    void noMoreVersionsAreTakenOnceTheyHaveManyBytes() {
        LogOwner owner = started(16, 8);
        table.set("two\n");
        owner.step();
        table.set("three\n");
        clock.advance(1);
        log.take();
        owner.step();
        assertThat(log.take()).isEmpty();
        assertThat(notices.get(notices.size() - 1)).contains("table_bytes: 8");
    }

    @Test
    void aTableThatIsMalformedAtTheBeginningStopsTheRun() {
        assertThatThrownBy(() -> start(new ScriptedTable("t", "bad\n"), 16, 1L << 30))
                .hasMessageContaining("line 1: bad");
    }

    private LogOwner started(int versions, long bytes) {
        LogOwner owner = start(table, versions, bytes);
        log.take();
        return owner;
    }

    private LogOwner start(ScriptedTable watched, int versions, long bytes) {
        Notices heard = new Notices() {
            @Override
            public void sourceFailed(PartitionSpec partition, IOException failure) {
                throw new AssertionError(failure);
            }

            @Override
            public void tableStays(String name, String reason) {
                notices.add(name + " stays: " + reason);
            }

            @Override
            public void tableChanges(String name, TableVersion version) {
                notices.add(name + " changes from " + version.effectiveFrom());
            }
        };
        LogOwner owner = new LogOwner(
                clock, log, Optional.empty(), heard, new TableLimits(versions, bytes, 50));
        owner.add(watched);
        TimeSpec time = TimeSpec.defaults().withOutOfOrder(0).withIdle(100_000);
        owner.add(new PartitionSpec(0, "a", "script"), first, LogText.FORMAT, time.withAhead(600));
        owner.add(new PartitionSpec(1, "b", "script"), second, LogText.FORMAT, time.withAhead(900));
        return owner;
    }

    private static String hash(String text) {
        return ScriptedTable.content(text + "\n").hash().substring(0, 8);
    }

    private static String row(long time) {
        return "{\"t\":" + time + "}\n";
    }
}
