package io.tidewatch.kernel.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * VARCHAR and raw bytes: each row is a slice of one array that all rows share. Slices may overlap and stand in any order,
 * so that a codec can point into the buffer it scanned.
 */
public final class BytesColumn extends Column {
    private final byte[] bytes;
    private final int[] starts;
    private final int[] lengths;

    /** Wraps the arrays, which the caller must not change afterwards. */
    public BytesColumn(
            int rowCount, byte[] bytes, int[] starts, int[] lengths, boolean @Nullable [] nulls) {
        super(rowCount, Math.min(starts.length, lengths.length), nulls);
        this.bytes = bytes;
        this.starts = starts;
        this.lengths = lengths;
    }

    /** Copies the strings, of which any may be NULL, into a column; for literals and tests. */
    public static BytesColumn of(@Nullable String... values) {
        BytesColumnBuilder builder = new BytesColumnBuilder(values.length);
        for (String value : values) {
            if (value == null) {
                builder.appendNull();
            } else {
                builder.append(value.getBytes(UTF_8));
            }
        }
        return builder.build();
    }

    /** The array that holds all slices, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    public int[] starts() {
        return starts;
    }

    public int[] lengths() {
        return lengths;
    }

    public int start(int row) {
        return starts[row];
    }

    public int length(int row) {
        return lengths[row];
    }

    public byte[] copyBytes(int row) {
        return Arrays.copyOfRange(bytes, starts[row], starts[row] + lengths[row]);
    }

    public String toString(int row) {
        return new String(bytes, starts[row], lengths[row], UTF_8);
    }
}
