package io.tidewatch.kernel.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.LongColumn;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableVersionTest {
    private static final Schema SCHEMA =
            new Schema(List.of(new Field("text", Type.VARCHAR), new Field("number", Type.BIGINT)));

    @Test
    void equalStringsOfAColumnLieAtTheSamePlaceAndOthersDoNot() {
        Choices.random("tables", 500, choices -> {
            @Nullable String[] texts = new @Nullable String[choices.upTo(40)];
            long[] numbers = new long[texts.length];
            for (int row = 0; row < texts.length; row++) {
                texts[row] =
                        choices.oneIn(6) ? null : "x".repeat(choices.upTo(20)) + choices.upTo(3);
                numbers[row] = row;
            }
            Batch given =
                    new Batch(SCHEMA, texts.length, BytesColumn.of(texts), new LongColumn(numbers));
            Batch rows = new TableVersion(0, "hash", given).rows();
            BytesColumn kept = rows.bytes(0);
            assertThat(rows.longs(1)).isSameAs(given.longs(1));
            for (int i = 0; i < texts.length; i++) {
                assertThat(kept.isNull(i) ? null : kept.toString(i)).isEqualTo(texts[i]);
                for (int j = 0; j < i && texts[i] != null; j++) {
                    assertThat(texts[j] != null && kept.start(i) == kept.start(j))
                            .isEqualTo(Objects.equals(texts[i], texts[j]));
                }
            }
        });
    }
}
