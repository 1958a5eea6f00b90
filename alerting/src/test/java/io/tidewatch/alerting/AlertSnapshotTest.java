package io.tidewatch.alerting;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.alerting.TestAlert.Policy;
import io.tidewatch.alerting.TestRows.Row;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AlertSnapshotTest {
    private static final int KEY_GROUP = TestRows.keyOf("a").keyGroup();

    /** Everything that a state can hold: histories, amendments, absences, overflow rows and the limit's alert. */
    private static TestAlert eventful() {
        TestAlert alert = fresh();
        alert.start(0);
        alert.at(10, row("a", 10, true).withLoad(7L));
        alert.at(20, row("a", 20, true).as(Observation.OVERFLOW));
        alert.at(30, row("a", 30, true).withMarks(new Marks(true, true)));
        alert.at(40, row("a", 40, false));
        alert.advanceTo(49);
        alert.amended(1, 50, row("a", 10, false), row("a", 10, false));
        alert.at(50, row("a", 50, true).as(Observation.OVERFLOW));
        return alert;
    }

    private static TestAlert fresh() {
        Absence absence = new Absence(25, 1_000, true, List.of(TestRows.keyOf("a")));
        return new TestAlert(
                TestAlert.windows(10, 40, 40),
                new Policy()
                        .keepsFiringFor(100)
                        .absent(absence)
                        .onAmend(OnAmend.AMEND)
                        .annotation("load", "{{ $value }}")
                        .build());
    }

    private static Row row(String host, long end, boolean when) {
        return Row.of(host, end - 10, end, when);
    }

    private static byte[] write(TestAlert alert) {
        ByteWriter out = new ByteWriter(64);
        alert.operator.write(KEY_GROUP, out);
        return out.copyBytes();
    }

    private static byte[] golden() throws IOException {
        try (InputStream in = AlertSnapshotTest.class.getResourceAsStream("alert-state-3.hex")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), US_ASCII);
            return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
        }
    }

    @Test
    void theBytesOfVersionThreeStayAsTheyAre() throws IOException {
        assertThat(HexFormat.of().formatHex(write(eventful())))
                .isEqualTo(HexFormat.of().formatHex(golden()));
    }

    @Test
    void anOperatorGoesOnFromTheBytesOfVersionThree() throws IOException {
        TestAlert original = eventful();
        ByteWriter common = new ByteWriter(16);
        original.operator.writeCommon(common);
        TestAlert restored = fresh();
        restored.operator.readCommon(new ByteReader(common.copyBytes()));
        restored.operator.read(KEY_GROUP, new ByteReader(golden()));

        assertThat(write(restored)).isEqualTo(golden());
        assertThat(restored.amended(1, 70, row("a", 30, false)))
                .isEqualTo(original.amended(1, 70, row("a", 30, false)))
                .isNotEmpty();
        assertThat(restored.advanceTo(400)).isEqualTo(original.advanceTo(400)).isNotEmpty();
    }

    @Test
    void aStateThatEndsTooSoonIsRefusedWhereverItEnds() throws IOException {
        byte[] whole = golden();
        for (int length = 0; length < whole.length; length++) {
            ByteReader in = new ByteReader(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> fresh().operator.read(KEY_GROUP, in))
                    .isInstanceOfSatisfying(TidewatchException.class, e -> assertThat(e.code())
                            .isEqualTo(ErrorCode.SNAPSHOT_CORRUPT));
        }
    }
}
