package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.BytesColumnBuilder;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.ColumnBuilder;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One value per slot with the place that it came from: (event time, partition, offset). Values of VARCHAR are kept as bytes,
 * all others as sortable numbers.
 */
final class PositionedValues {
    private static final byte NONE = 0;
    private static final byte NULL = 1;
    private static final byte VALUE = 2;
    private static final byte[] NO_BYTES = {};

    private final Type type;
    private final boolean ofBytes;
    private final SortableValues sortable = new SortableValues();
    private byte[] states = {};
    private long[] times = {};
    private int[] partitions = {};
    private long[] offsets = {};
    private long[] numbers = {};
    private byte[] @Nullable [] texts = {};

    PositionedValues(Type type) {
        this.type = type;
        this.ofBytes = type.kind() == TypeKind.VARCHAR;
    }

    void ensureSlots(int slots) {
        if (slots > states.length) {
            int capacity = Slots.capacity(states.length, slots);
            states = Arrays.copyOf(states, capacity);
            times = Arrays.copyOf(times, capacity);
            partitions = Arrays.copyOf(partitions, capacity);
            offsets = Arrays.copyOf(offsets, capacity);
            if (ofBytes) {
                texts = Arrays.copyOf(texts, capacity);
            } else {
                numbers = Arrays.copyOf(numbers, capacity);
            }
        }
    }

    boolean isEmpty(int slot) {
        return states[slot] == NONE;
    }

    /** The sign of the order of two places, of which neither is empty. */
    int compare(int slot, PositionedValues other, int otherSlot) {
        int order = comparePosition(
                slot,
                other.times[otherSlot],
                other.partitions[otherSlot],
                other.offsets[otherSlot]);
        return order != 0 ? order : compareValue(slot, other, otherSlot);
    }

    /** The sign of the order of a slot's place, not empty, and another. */
    int comparePosition(int slot, long time, int partition, long offset) {
        if (times[slot] != time) {
            return times[slot] < time ? -1 : 1;
        }
        if (partitions[slot] != partition) {
            return partitions[slot] < partition ? -1 : 1;
        }
        return Long.compare(offsets[slot], offset);
    }

    /** NULL first; only needed where two rows claim one place. */
    private int compareValue(int slot, PositionedValues other, int otherSlot) {
        if (states[slot] != other.states[otherSlot]) {
            return Byte.compare(states[slot], other.states[otherSlot]);
        }
        return ofBytes
                ? Arrays.compareUnsigned(text(slot), other.text(otherSlot))
                : Long.compare(numbers[slot], other.numbers[otherSlot]);
    }

    /** Copies one slot's value and place, whatever stood there before. */
    void set(int slot, PositionedValues other, int otherSlot) {
        states[slot] = other.states[otherSlot];
        times[slot] = other.times[otherSlot];
        partitions[slot] = other.partitions[otherSlot];
        offsets[slot] = other.offsets[otherSlot];
        if (ofBytes) {
            texts[slot] = other.texts[otherSlot];
        } else {
            numbers[slot] = other.numbers[otherSlot];
        }
    }

    /** Prepares {@link #set(int, RowOrigins, Column, long[], int)}: the column's values as numbers, if they are. */
    long[] numbers(Column column, Selection selection) {
        return ofBytes ? new long[0] : sortable.of(column, selection);
    }

    void set(int slot, RowOrigins origins, Column column, long[] columnNumbers, int row) {
        times[slot] = origins.eventTimes()[row];
        partitions[slot] = origins.partition();
        offsets[slot] = origins.offsets()[row];
        boolean isNull = column.isNull(row);
        states[slot] = isNull ? NULL : VALUE;
        if (ofBytes) {
            texts[slot] = isNull ? NO_BYTES : ((BytesColumn) column).copyBytes(row);
        } else {
            numbers[slot] = isNull ? 0 : columnNumbers[row];
        }
    }

    void write(int slot, ByteWriter out) {
        out.writeByte(states[slot]);
        if (states[slot] == NONE) {
            return;
        }
        out.writeLong(times[slot]);
        out.writeZigZag(partitions[slot]);
        out.writeZigZag(offsets[slot]);
        if (states[slot] == VALUE) {
            if (ofBytes) {
                out.writeSlice(text(slot));
            } else {
                out.writeLong(numbers[slot]);
            }
        }
    }

    /** Overwrites a slot with what {@link #write} wrote. */
    void read(int slot, ByteReader in) {
        clear(slot);
        int state = in.readByte();
        if (state == NONE) {
            return;
        }
        if (state > VALUE) {
            throw Corrupt.at(in, "value of state " + state);
        }
        states[slot] = (byte) state;
        times[slot] = in.readLong();
        partitions[slot] = (int) in.readZigZag();
        offsets[slot] = in.readZigZag();
        if (state == VALUE) {
            if (ofBytes) {
                texts[slot] = in.readSlice();
            } else {
                numbers[slot] = in.readLong();
            }
        }
    }

    void clear(int slot) {
        states[slot] = NONE;
        if (ofBytes) {
            texts[slot] = null;
        } else {
            numbers[slot] = 0;
        }
    }

    /** Appends the value; NULL also where there is none. */
    void append(int slot, ColumnBuilder out) {
        if (states[slot] != VALUE) {
            out.appendNull();
        } else if (ofBytes) {
            ((BytesColumnBuilder) out).append(text(slot));
        } else {
            SortableValues.append(type, numbers[slot], out);
        }
    }

    private byte[] text(int slot) {
        byte[] text = texts[slot];
        return text == null ? NO_BYTES : text;
    }

    long retainedBytes() {
        long bytes = (long) states.length * (1 + Long.BYTES + Integer.BYTES + Long.BYTES)
                + (long) Long.BYTES * numbers.length
                + (long) Integer.BYTES * texts.length;
        for (byte[] text : texts) {
            bytes += text == null ? 0 : 16L + text.length;
        }
        return bytes;
    }
}
