package io.tidewatch.codecs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.codecs.input.Decoders;
import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.Values;
import io.tidewatch.kernel.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes whole inputs in tests, and keeps the results as plain lists. */
public final class Decoding {
    /** An accepted row: its values in the order of the schema; columns that are absent are left out. */
    public record Row(
            long ordinal,
            long place,
            @Nullable Long eventTime,
            String raw,
            List<@Nullable Object> values) {}

    /** All that came out. */
    public record Outcome(List<Row> rows, List<Refusal> refusals, Position end) {
        /** The only row's only value. */
        public @Nullable Object value() {
            assertThat(refusals).isEmpty();
            assertThat(rows).hasSize(1);
            return rows.get(0).values().get(0);
        }

        public String reason() {
            assertThat(rows).isEmpty();
            assertThat(refusals).hasSize(1);
            return refusals.get(0).reason();
        }

        public List<List<@Nullable Object>> values() {
            assertThat(refusals).isEmpty();
            return rows.stream().map(Row::values).toList();
        }
    }

    private Decoding() {}

    public static Outcome of(StreamFormat format, String input) {
        return of(format, input.getBytes(UTF_8));
    }

    public static Outcome of(StreamFormat format, byte[] input) {
        return run(format, input, List.of());
    }

    /** Decodes an input that arrives in pieces, and asserts that the result is that of one piece. */
    public static void assertEqualWhenCut(StreamFormat format, byte[] input, Choices choices) {
        List<Integer> cuts = new ArrayList<>();
        int cutCount = choices.upTo(6);
        for (int i = 0; i < cutCount; i++) {
            cuts.add(choices.upTo(input.length));
        }
        cuts.sort(null);
        Outcome whole = of(format, input);
        Outcome cut = run(format, input, cuts);
        assertThat(cut.rows()).as("cuts %s", cuts).isEqualTo(whole.rows());
        assertThat(cut.refusals()).as("cuts %s", cuts).isEqualTo(whole.refusals());
        assertThat(cut.end()).isEqualTo(whole.end());
    }

    /** Each piece ends at a cut; what is left over is put before the next piece, in a buffer of its own. */
    public static Outcome run(StreamFormat format, byte[] input, List<Integer> cuts) {
        Decoder decoder = Decoders.of(format);
        Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>(), Position.START);
        int consumed = 0;
        for (int i = 0; i <= cuts.size(); i++) {
            boolean last = i == cuts.size();
            int end = last ? input.length : cuts.get(i);
            int before = i % 3;
            byte[] buffer = new byte[before + end - consumed + i % 2];
            Arrays.fill(buffer, (byte) '"');
            System.arraycopy(input, consumed, buffer, before, end - consumed);
            consumed +=
                    drain(format, decoder, buffer, before, before + end - consumed, last, outcome);
        }
        assertThat(consumed).isEqualTo(input.length);
        return new Outcome(outcome.rows, outcome.refusals, decoder.position());
    }

    private static int drain(
            StreamFormat format,
            Decoder decoder,
            byte[] buffer,
            int start,
            int end,
            boolean last,
            Outcome outcome) {
        byte[] original = buffer.clone();
        int at = start;
        while (true) {
            Decoded decoded = decoder.decode(buffer, at, end, last);
            at += decoded.consumed();
            collect(format, decoded, outcome);
            assertThat(buffer).isEqualTo(original);
            if (decoded.consumed() == 0 || at == end) {
                assertThat(end - at).isLessThan(last ? 1 : format.limits().recordBytes() + 2);
                return at - start;
            }
        }
    }

    private static void collect(StreamFormat format, Decoded decoded, Outcome outcome) {
        Batch batch = decoded.batch();
        Schema schema = batch.schema();
        for (int row = 0; row < batch.rowCount(); row++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < schema.size(); i++) {
                if (format.fields().get(i).wanted()) {
                    values.add(Values.get(schema.field(i).type(), batch.column(i), row));
                }
            }
            Long time = format.timeField().isPresent() ? decoded.eventTimes()[row] : null;
            outcome.rows.add(new Row(
                    decoded.ordinals()[row],
                    decoded.place(row),
                    time,
                    decoded.raw().toString(row),
                    values));
        }
        outcome.refusals.addAll(decoded.refusals());
    }
}
