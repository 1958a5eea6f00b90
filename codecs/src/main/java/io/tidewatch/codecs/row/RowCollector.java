package io.tidewatch.codecs.row;

import io.tidewatch.codecs.Decoded;
import io.tidewatch.codecs.Decoder;
import io.tidewatch.codecs.FieldSpec;
import io.tidewatch.codecs.Refusal;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.codecs.time.TimeFormat;
import io.tidewatch.kernel.batch.Batch;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the batch that is being made. The wanted fields and the time field are its <em>slots</em>, numbered from 0 in
 * the order of their declaration. For every record, each slot is set once, and then the record is accepted or refused.
 */
public final class RowCollector {
    private static final int CAPACITY_MIN = 16;

    private final StreamFormat format;
    private final Schema schema;
    private final int[] fieldOfSlot;
    private final ValueSink[] sinks;
    private final SpareArrays spare = new SpareArrays();
    private final Consumer<Decoded> release = this::release;
    private final int timeSlot;

    private byte[] buffer = {};
    private int capacity = CAPACITY_MIN;
    private int rowCount;
    private int usualRowCount;
    private long[] ordinals = {};
    private long bufferPlace;
    private int[] rawStarts = {};
    private int[] rawLengths = {};
    private List<Refusal> refusals = List.of();

    public RowCollector(StreamFormat format, TimeFormat defaultTimeFormat) {
        this.format = format;
        this.schema = format.schema();
        int time = format.timeField().orElse(-1);
        int[] fields = new int[format.fields().size()];
        int slots = 0;
        int slotOfTime = -1;
        for (int field = 0; field < fields.length; field++) {
            if (field == time) {
                slotOfTime = slots;
            }
            if (field == time || format.fields().get(field).wanted()) {
                fields[slots++] = field;
            }
        }
        this.fieldOfSlot = Arrays.copyOf(fields, slots);
        this.timeSlot = slotOfTime;
        this.sinks = new ValueSink[slots];
        for (int slot = 0; slot < slots; slot++) {
            sinks[slot] = ValueSink.of(field(slot), defaultTimeFormat, spare);
        }
    }

    /** Whether the slot is the event time. */
    public boolean isTime(int slot) {
        return slot == timeSlot;
    }

    public int slotCount() {
        return sinks.length;
    }

    public FieldSpec field(int slot) {
        return format.fields().get(fieldOfSlot[slot]);
    }

    /**
     * Begins a batch whose strings are slices of {@code newBuffer} where they can be.
     *
     * @param newBufferPlace which byte of the input the first byte of the buffer is
     */
    void begin(byte[] newBuffer, long newBufferPlace) {
        bufferPlace = newBufferPlace;
        buffer = newBuffer;
        // One short buffer, such as the last of a file, says little of the next one.
        usualRowCount = Math.max(rowCount, usualRowCount - usualRowCount / 16);
        capacity = Math.min(Batch.ROWS_MAX, CAPACITY_MIN + usualRowCount + usualRowCount / 8);
        rowCount = 0;
        ordinals = spare.longs(capacity);
        rawStarts = spare.ints(capacity);
        rawLengths = spare.ints(capacity);
        refusals = List.of();
        for (ValueSink sink : sinks) {
            sink.begin(capacity, newBuffer);
        }
    }

    boolean isFull() {
        return rowCount == Batch.ROWS_MAX || refusals.size() == Decoder.REFUSALS_MAX;
    }

    boolean isEmpty() {
        return rowCount == 0 && refusals.isEmpty();
    }

    /** The current record has no value, or NULL. False if the slot needs one. */
    public boolean nothing(int slot) {
        sinks[slot].nothing(rowCount);
        return slot != timeSlot;
    }

    /** A value of a format without types; if it is empty, it is NULL but for VARCHAR. False if it does not fit. */
    public boolean text(int slot, byte[] bytes, int start, int end) {
        if (start == end && !(sinks[slot] instanceof VarcharSink)) {
            return nothing(slot);
        }
        return sinks[slot].text(rowCount, bytes, start, end);
    }

    /** A JSON string, decoded. False if it does not fit. */
    public boolean string(int slot, byte[] bytes, int start, int end) {
        return sinks[slot].string(rowCount, bytes, start, end);
    }

    /** A JSON number. False if it does not fit. */
    public boolean number(int slot, byte[] bytes, int start, int end) {
        return sinks[slot].number(rowCount, bytes, start, end);
    }

    /** A JSON {@code true} or {@code false}. False if it does not fit. */
    public boolean literal(int slot, boolean value, byte[] bytes, int start, int end) {
        return sinks[slot].literal(rowCount, value, bytes, start, end);
    }

    /** A JSON object or array. False if it does not fit. */
    public boolean nested(int slot, byte[] bytes, int start, int end) {
        return sinks[slot].nested(rowCount, bytes, start, end);
    }

    /** The reason for a value that does not fit its slot. It tells nothing of the value, which the excerpt shows. */
    public String misfit(int slot, boolean isEmpty) {
        return isEmpty && slot == timeSlot
                ? missing(slot)
                : "field '" + field(slot).name() + "': not " + sinks[slot].expectation();
    }

    /** The reason for a slot that has no value but needs one. */
    public String missing(int slot) {
        return "field '" + field(slot).name() + "': the event time is missing";
    }

    void accept(long ordinal, int start, int end) {
        int row = rowCount;
        ordinals[row] = ordinal;
        rawStarts[row] = start;
        rawLengths[row] = end - start;
        rowCount++;
        if (rowCount == capacity && capacity < Batch.ROWS_MAX) {
            grow();
        }
    }

    void refuse(Refusal refusal) {
        if (refusals.isEmpty()) {
            refusals = new ArrayList<>();
        }
        refusals.add(refusal);
        if (rowCount < capacity) {
            for (ValueSink sink : sinks) {
                sink.clear(rowCount);
            }
        }
    }

    private void grow() {
        capacity = Math.min(Batch.ROWS_MAX, 2 * capacity);
        ordinals = Arrays.copyOf(ordinals, capacity);
        rawStarts = Arrays.copyOf(rawStarts, capacity);
        rawLengths = Arrays.copyOf(rawLengths, capacity);
        for (ValueSink sink : sinks) {
            sink.grow(capacity);
        }
    }

    Decoded finish(int consumed) {
        @Nullable Column[] columns = new @Nullable Column[schema.size()];
        for (int slot = 0; slot < sinks.length; slot++) {
            if (field(slot).wanted()) {
                columns[fieldOfSlot[slot]] = sinks[slot].build(rowCount, buffer);
            }
        }
        long[] times = timeSlot < 0 ? null : ((TimestampSink) sinks[timeSlot]).values();
        BytesColumn raw = new BytesColumn(rowCount, buffer, rawStarts, rawLengths, null);
        return new Decoded(
                consumed,
                new Batch(schema, rowCount, columns),
                times,
                new Decoded.Records(ordinals, bufferPlace, raw),
                refusals,
                release);
    }

    private void release(Decoded decoded) {
        for (int slot = 0; slot < sinks.length; slot++) {
            if (field(slot).wanted()) {
                sinks[slot].release(decoded.batch().column(fieldOfSlot[slot]));
            }
        }
        if (timeSlot >= 0 && !field(timeSlot).wanted()) {
            spare.release(decoded.eventTimes());
        }
        spare.release(decoded.ordinals());
        spare.release(decoded.raw().starts());
        spare.release(decoded.raw().lengths());
    }
}
