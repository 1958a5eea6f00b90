package io.tidewatch.alerting.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class NotifierSnapshotTest {
    private static final NotificationSpec SPEC = Story.spec(Routes.to("two")
            .by("x")
            .every(30, 300, 1_000)
            .then(Routes.to("other").on("y=1")));

    /** Something of everything. */
    private static Story story() {
        Story story = new Story(SPEC);
        story.fire(0, "a/x=1");
        story.fire(0, "a/y=1");
        story.until(30);
        story.acknowledge(31, "a/x=1");
        story.silence(32, "s", "x=~\"2|3\",alertname!=b", 32, 5_000);
        story.fire(40, "b/x=1");
        story.resolve(50, "a/y=1");
        story.fire(60, "c/x=2");
        story.provisional(70, "d", 90);
        story.unanswered(330);
        return story;
    }

    private static byte[] bytes(Notifier notifier) {
        ByteWriter out = new ByteWriter(0);
        notifier.write(out);
        return out.copyBytes();
    }

    private static Notifier read(byte[] bytes) {
        return Notifier.read(SPEC, JdkPatterns.INSTANCE, new ByteReader(bytes));
    }

    /** The bytes of version 1, as they were first written: they must be read, and written again, for ever. */
    @Test
    void readsTheBytesOfVersion1() throws IOException {
        byte[] golden = golden();
        assertThat(HexFormat.of().formatHex(bytes(story().notifier)))
                .isEqualTo(HexFormat.of().formatHex(golden));
        assertThat(bytes(read(golden))).isEqualTo(golden);
    }

    private static byte[] golden() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                NotifierSnapshotTest.class.getResourceAsStream("notifier-state-1.hex"))) {
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.replace("\n", ""));
        }
    }

    @Test
    void goesOnAfterARestartWithTheSameIdsAndBodies() {
        Story straight = story();
        Story restarted = story();
        List<Delivery> waiting = restarted.notifier.outstanding();
        restarted.restart(SPEC);
        assertThat(restarted.notifier.outstanding()).isEqualTo(waiting).isNotEmpty();
        straight.answer(400, Outcome.DELIVERED);
        restarted.answer(400, Outcome.DELIVERED);
        assertThat(restarted.until(20_000)).isEqualTo(straight.until(20_000)).isNotEmpty();
        assertThat(restarted.all).isEqualTo(straight.all);
        assertThat(bytes(restarted.notifier)).isEqualTo(bytes(straight.notifier));
        assertThat(restarted.notifier.explain("a/x=1"))
                .isEqualTo(straight.notifier.explain("a/x=1"));
    }

    @Test
    void deliveriesAreBytes() {
        for (Delivery delivery : story().all) {
            ByteWriter out = new ByteWriter(0);
            DeliveryBytes.write(delivery, out);
            assertThat(DeliveryBytes.read(new ByteReader(out.copyBytes()))).isEqualTo(delivery);
        }
    }

    @Test
    void damagedBytesAreRefused() {
        byte[] whole = bytes(story().notifier);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut))
                    .isInstanceOf(TidewatchException.class)
                    .extracting(e -> ((TidewatchException) e).code())
                    .isEqualTo(ErrorCode.SNAPSHOT_CORRUPT);
        }
        byte[] other = whole.clone();
        other[0] = 9;
        assertThatThrownBy(() -> read(other)).hasMessage("notifier: version 9 (expected: 1)");
    }
}
