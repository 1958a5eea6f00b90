package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A row that stands for others, named by its place; it is read from its source when it is shown. Ordered by hash, then
 * partition, then offset.
 *
 * @param hash of the row's bytes; compared as unsigned
 */
public record Exemplar(long hash, int partition, long offset) implements Comparable<Exemplar> {
    /** How many rows a key keeps: those with the smallest hash. */
    public static final int KEPT = 3;

    private static final Comparator<Exemplar> ORDER = Comparator.<Exemplar>comparingLong(
                    exemplar -> exemplar.hash + Long.MIN_VALUE)
            .thenComparingInt(Exemplar::partition)
            .thenComparingLong(Exemplar::offset);

    /** The exemplars of one value of the result column of EXEMPLARS, ascending. */
    public static List<Exemplar> readAll(ByteReader in) {
        List<Exemplar> exemplars = new ArrayList<>();
        for (int i = in.readByte(); i > 0; i--) {
            exemplars.add(new Exemplar(in.readLong(), (int) in.readZigZag(), in.readZigZag()));
        }
        return exemplars;
    }

    void write(ByteWriter out) {
        out.writeLong(hash);
        out.writeZigZag(partition);
        out.writeZigZag(offset);
    }

    @Override
    public int compareTo(Exemplar other) {
        return ORDER.compare(this, other);
    }
}
