package io.tidewatch.kernel.batch;

import java.util.ArrayList;
import java.util.List;

/**
 * Arrays that are lent until {@link #reset} and then lent again, so that evaluations and joins allocate almost nothing once they
 * have seen a few batches. What an array holds when it is lent is undefined.
 */
public final class ArrayPool {
    /** A text buffer that grew beyond this is not kept for the next batch. */
    private static final int WRITER_BYTES_KEPT_MAX = 1 << 20;

    private static final int WRITER_BYTES_AT_FIRST = 1 << 12;

    private int rowCapacity;
    private final List<long[]> longs = new ArrayList<>();
    private final List<double[]> doubles = new ArrayList<>();
    private final List<boolean[]> booleans = new ArrayList<>();
    private final List<int[]> ints = new ArrayList<>();
    private final List<ByteWriter> writers = new ArrayList<>();
    private int longsLent;
    private int doublesLent;
    private int booleansLent;
    private int intsLent;
    private int writersLent;

    /** Takes everything back, and lends arrays of at least {@code rowCount} entries from now on. */
    public void reset(int rowCount) {
        if (rowCount > rowCapacity) {
            longs.clear();
            doubles.clear();
            booleans.clear();
            ints.clear();
            rowCapacity = Math.max(rowCount, Math.min(2 * rowCapacity, 1 << 13));
        }
        longsLent = 0;
        doublesLent = 0;
        booleansLent = 0;
        intsLent = 0;
        for (int i = 0; i < writersLent; i++) {
            if (writers.get(i).array().length > WRITER_BYTES_KEPT_MAX) {
                writers.set(i, new ByteWriter(WRITER_BYTES_AT_FIRST));
            }
        }
        writersLent = 0;
    }

    public long[] longs() {
        if (longsLent == longs.size()) {
            longs.add(new long[rowCapacity]);
        }
        return longs.get(longsLent++);
    }

    public double[] doubles() {
        if (doublesLent == doubles.size()) {
            doubles.add(new double[rowCapacity]);
        }
        return doubles.get(doublesLent++);
    }

    public boolean[] booleans() {
        if (booleansLent == booleans.size()) {
            booleans.add(new boolean[rowCapacity]);
        }
        return booleans.get(booleansLent++);
    }

    public int[] ints() {
        if (intsLent == ints.size()) {
            ints.add(new int[rowCapacity]);
        }
        return ints.get(intsLent++);
    }

    /** An empty buffer for the bytes of one column. */
    public ByteWriter writer() {
        if (writersLent == writers.size()) {
            writers.add(new ByteWriter(WRITER_BYTES_AT_FIRST));
        }
        ByteWriter writer = writers.get(writersLent++);
        writer.truncate(0);
        return writer;
    }

    /** The bytes of the arrays that are lent now. */
    public long bytesLent() {
        long bytes = (long) rowCapacity
                * (longsLent * (long) Long.BYTES
                        + doublesLent * (long) Double.BYTES
                        + booleansLent
                        + intsLent * (long) Integer.BYTES);
        for (int i = 0; i < writersLent; i++) {
            bytes += writers.get(i).array().length;
        }
        return bytes;
    }
}
