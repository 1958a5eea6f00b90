package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.Hash;
import io.tidewatch.kernel.batch.Slices;
import io.tidewatch.kernel.type.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An immutable set of numbers or of strings, equal as {@code =} has it. */
final class ValueSet {
    private final long[] longs;
    private final double[] doubles;
    /** Strings in a hash table with open addressing, at most half full. */
    private final byte[] @Nullable [] strings;

    private ValueSet(long[] longs, double[] doubles, byte[] @Nullable [] strings) {
        this.longs = longs;
        this.doubles = doubles;
        this.strings = strings;
    }

    static ValueSet of(Type type, List<Literal> literals) {
        long[] longs = new long[0];
        double[] doubles = new double[0];
        byte[] @Nullable [] strings = new byte[2][];
        if (type.isLong()) {
            longs = literals.stream().mapToLong(Literal::asLong).sorted().toArray();
        } else {
            switch (type.kind()) {
                case DOUBLE ->
                    doubles = literals.stream()
                            .mapToDouble(literal -> canonical(literal.asDouble()))
                            .sorted()
                            .toArray();
                default -> strings = table(literals);
            }
        }
        return new ValueSet(longs, doubles, strings);
    }

    boolean contains(long value) {
        return Arrays.binarySearch(longs, value) >= 0;
    }

    boolean contains(double value) {
        return Arrays.binarySearch(doubles, canonical(value)) >= 0;
    }

    boolean contains(byte[] bytes, int start, int length) {
        int mask = strings.length - 1;
        int slot = hash(bytes, start, length) & mask;
        while (true) {
            byte[] found = strings[slot];
            if (found == null) {
                return false;
            }
            if (found.length == length && Slices.equal(found, 0, bytes, start, length)) {
                return true;
            }
            slot = (slot + 1) & mask;
        }
    }

    /** One zero and one NaN. */
    private static double canonical(double value) {
        return value == 0 ? 0.0 : Double.isNaN(value) ? Double.NaN : value;
    }

    private static byte[] @Nullable [] table(List<Literal> literals) {
        int capacity = Integer.highestOneBit(Math.max(1, literals.size())) * 4;
        byte[] @Nullable [] table = new byte[capacity][];
        for (Literal literal : literals) {
            byte[] bytes = literal.asBytes();
            int slot = hash(bytes, 0, bytes.length) & (capacity - 1);
            while (table[slot] != null) {
                slot = (slot + 1) & (capacity - 1);
            }
            table[slot] = bytes;
        }
        return table;
    }

    private static int hash(byte[] bytes, int start, int length) {
        return (int) Hash.quick(bytes, start, length);
    }
}
