package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A {@link Sketch} per slot, made when the first value comes. */
abstract class SketchAccumulators<S extends Sketch<S>> extends Accumulators {
    private @Nullable S[] sketches;

    /**
     * @param none an empty array
     */
    SketchAccumulators(@Nullable S[] none) {
        sketches = none;
    }

    /** An empty sketch. */
    abstract S newSketch();

    /** The sketch of a slot, to add to. */
    final S own(int slot) {
        S sketch = sketches[slot];
        if (sketch == null) {
            sketch = newSketch();
            sketches[slot] = sketch;
        }
        return sketch;
    }

    /** The sketch of a slot, if it has seen a value. */
    final @Nullable S sketch(int slot) {
        return sketches[slot];
    }

    @Override
    public final void ensureSlots(int slots) {
        if (slots > sketches.length) {
            sketches = Arrays.copyOf(sketches, Slots.capacity(sketches.length, slots));
        }
    }

    @Override
    @SuppressWarnings("unchecked") // They are of an equal call.
    public final void combine(int slot, Accumulators from, int fromSlot) {
        S other = ((SketchAccumulators<S>) from).sketches[fromSlot];
        if (other != null) {
            own(slot).add(other);
        }
    }

    @Override
    public final void write(int slot, ByteWriter out) {
        S sketch = sketches[slot];
        out.writeBoolean(sketch != null);
        if (sketch != null) {
            sketch.write(out);
        }
    }

    @Override
    public final void combineFrom(int slot, ByteReader in) {
        if (in.readBoolean()) {
            own(slot).addFrom(in);
        }
    }

    @Override
    public final void clear(int slot) {
        sketches[slot] = null;
    }

    @Override
    public final long retainedBytes() {
        long bytes = (long) Integer.BYTES * sketches.length;
        for (S sketch : sketches) {
            bytes += sketch == null ? 0 : sketch.retainedBytes();
        }
        return bytes;
    }
}
