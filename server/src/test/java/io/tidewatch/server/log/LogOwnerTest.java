package io.tidewatch.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.server.clock.FakeClock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogOwnerTest {
    private final FakeClock clock = new FakeClock(1_000_000);
    private final LogText log = new LogText();
    private final ScriptedSource first = new ScriptedSource();
    private final ScriptedSource second = new ScriptedSource();
    private final LogOwner owner = new LogOwner(
            clock,
            log,
            Optional.empty(),
            (partition, failure) -> {
                throw new AssertionError(failure);
            },
            new TableLimits(16, 1L << 30, 0));

    LogOwnerTest() {
        TimeSpec time = TimeSpec.defaults().withOutOfOrder(100).withIdle(2_000);
        owner.add(new PartitionSpec(0, "a", "script"), first, LogText.FORMAT, time);
        owner.add(new PartitionSpec(1, "b", "script"), second, LogText.FORMAT, time);
        log.take();
    }

    @Test
    void stampsReceiveTimesThatNeverFall() {
        first.give(row(5_000) + row(5_001)).give("{\"t\":");
        owner.step();
        clock.advance(-10);
        first.give("5002,\"v\":\"x\"}\n");
        owner.step();
        owner.step();
        assertThat(log.take())
                .containsExactly(
                        "0:0 {\"t\":5000} @1000000",
                        "0:1 {\"t\":5001} @1000000",
                        "0:2 {\"t\":5002,\"v\":\"x\"} @1000000");
    }

    @Test
    void hasNoTimeBeforeTheFirstRow() {
        clock.advance(60_000);
        assertThat(owner.step()).isFalse();
        assertThat(log.take()).isEmpty();
    }

    @Test
    void ticksASilentPartitionToTheTimeOfTheOthers() {
        first.give(row(50_000));
        second.give(row(70_000));
        owner.step();
        log.take();
        clock.advance(1_999);
        second.give(row(71_000));
        owner.step();
        assertThat(log.take()).containsExactly("1:1 {\"t\":71000} @1001999");
        clock.advance(1);
        owner.step();
        assertThat(log.take()).containsExactly("0 tick 70900 @1002000");
        second.give(row(72_000));
        clock.advance(499);
        owner.step();
        assertThat(log.take()).containsExactly("1:2 {\"t\":72000} @1002499");
        clock.advance(1);
        owner.step();
        assertThat(log.take()).containsExactly("0 tick 71900 @1002500");
    }

    @Test
    void goesOnWithTheWallClockWhenAllAreSilent() {
        first.give(row(50_000));
        second.give(row(70_000));
        owner.step();
        clock.advance(2_000);
        log.take();
        owner.step();
        assertThat(log.take()).containsExactly("0 tick 71900 @1002000", "1 tick 71900 @1002000");
        clock.advance(500);
        owner.step();
        assertThat(log.take()).containsExactly("0 tick 72400 @1002500", "1 tick 72400 @1002500");
        first.give(row(100_000));
        owner.step();
        clock.advance(1_000);
        owner.step();
        assertThat(log.take())
                .containsExactly("0:1 {\"t\":100000} @1002500", "1 tick 99900 @1003500");
    }

    @Test
    void doesNotLetAFarFutureRowMoveTime() {
        first.give(row(1_000_000 + 600_001));
        second.give(row(70_000));
        owner.step();
        clock.advance(2_000);
        log.take();
        owner.step();
        assertThat(log.take()).containsExactly("0 tick 71900 @1002000", "1 tick 71900 @1002000");
    }

    @Test
    void countsOrdinalsThroughRotation() {
        first.give(row(1) + "bad\n" + "{\"t\":2}")
                .endFile()
                .give(row(3))
                .endFile()
                .end();
        second.end();
        for (int i = 0; i < 6; i++) {
            owner.step();
        }
        assertThat(log.take())
                .containsExactlyInAnyOrder(
                        "0:0 {\"t\":1} @1000000",
                        "0:1 refused @1000000",
                        "0:2 {\"t\":2} @1000000",
                        "0:3 {\"t\":3} @1000000",
                        "0 end",
                        "1 tick -99 @1000000",
                        "1 end");
        assertThat(owner.isEnded()).isTrue();
    }

    private static String row(long time) {
        return "{\"t\":" + time + "}\n";
    }
}
