package io.tidewatch.kernel.aggregate;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import java.util.Arrays;

/**
 * A sketch of a set from which the number of its elements is estimated, with a standard error of 1.6 %
 * (1.04 / √{@value #REGISTERS}).
 *
 * <p>It depends on the set alone: union in any order gives the same registers. Elements are given by 64-bit hashes.
 */
final class HyperLogLog {
    /*
     * Flajolet et al. 2007 with 64-bit hashes: the first PRECISION bits of a hash choose a register, which keeps the greatest
     * position of the first 1 among the bits that follow. The estimate is O. Ertl's improved raw estimator ("New cardinality
     * estimation algorithms for HyperLogLog sketches", 2017, algorithm 6): it needs no correction for small or large sets
     * and, unlike the historic inverse probability estimator, only the registers.
     *
     * Few elements are kept as a sorted list of their registers (number << RANK_BITS | rank). The list turns into an array of
     * all registers when more than SPARSE_MAX are not zero; registers never return to zero, so the form depends on the set
     * alone as well.
     */
    static final int PRECISION = 12;
    static final int REGISTERS = 1 << PRECISION;

    private static final int HASH_BITS = Long.SIZE - PRECISION;
    private static final int RANK_MAX = HASH_BITS + 1;
    private static final int RANK_BITS = 6;
    private static final int RANK_MASK = (1 << RANK_BITS) - 1;
    private static final int SPARSE_MAX = REGISTERS / 8;

    /** 1 / (2 ln 2). */
    private static final double ALPHA = 0.7213475204444817;

    private int[] sparse = new int[4];
    private int sparseCount;
    private byte[] dense = {};

    /** Adds an element by its hash. */
    void add(long hash) {
        int register = (int) (hash >>> HASH_BITS);
        // The sentinel bit below the hash ends the run of zeros where all bits that follow are
        // zero.
        int rank = Long.numberOfLeadingZeros(hash << PRECISION | 1L << (PRECISION - 1)) + 1;
        raise(register, rank);
    }

    private void raise(int register, int rank) {
        if (dense.length > 0) {
            if (dense[register] < rank) {
                dense[register] = (byte) rank;
            }
        } else {
            raiseSparse(register, rank);
        }
    }

    private void raiseSparse(int register, int rank) {
        int found = Arrays.binarySearch(sparse, 0, sparseCount, register << RANK_BITS);
        int place = found < 0 ? -found - 1 : found;
        int entry = register << RANK_BITS | rank;
        if (place < sparseCount && sparse[place] >>> RANK_BITS == register) {
            sparse[place] = Math.max(sparse[place], entry);
            return;
        }
        if (sparseCount == SPARSE_MAX) {
            makeDense();
            dense[register] = (byte) rank;
            return;
        }
        if (sparseCount == sparse.length) {
            sparse = Arrays.copyOf(sparse, Math.min(SPARSE_MAX, 2 * sparseCount));
        }
        System.arraycopy(sparse, place, sparse, place + 1, sparseCount - place);
        sparse[place] = entry;
        sparseCount++;
    }

    private void makeDense() {
        dense = new byte[REGISTERS];
        for (int i = 0; i < sparseCount; i++) {
            dense[sparse[i] >>> RANK_BITS] = (byte) (sparse[i] & RANK_MASK);
        }
        sparse = new int[0];
        sparseCount = 0;
    }

    /** Adds all elements of another set. */
    void add(HyperLogLog other) {
        for (int i = 0; i < other.sparseCount; i++) {
            raise(other.sparse[i] >>> RANK_BITS, other.sparse[i] & RANK_MASK);
        }
        if (other.dense.length == 0) {
            return;
        }
        if (dense.length == 0) {
            makeDense();
        }
        for (int i = 0; i < REGISTERS; i++) {
            dense[i] = (byte) Math.max(dense[i], other.dense[i]);
        }
    }

    /**
     * The estimated number of elements; it never falls as elements are added. (z falls by 1/2 and more where a register
     * leaves zero. Where one that is not zero rises, the sum of the others is exact in a double up to rank 40, and what is
     * added to it is the same.)
     */
    long estimate() {
        int[] counts = registerCounts();
        double z = REGISTERS * tau(1 - counts[RANK_MAX] / (double) REGISTERS);
        for (int rank = RANK_MAX - 1; rank >= 1; rank--) {
            z = 0.5 * (z + counts[rank]);
        }
        z += REGISTERS * sigma(counts[0] / (double) REGISTERS);
        // Half up, on the positive side; an empty sketch has an infinite z and gives 0.
        return (long) (ALPHA * REGISTERS * REGISTERS / z + 0.5);
    }

    /** How many registers have each rank. */
    private int[] registerCounts() {
        int[] counts = new int[RANK_MAX + 1];
        for (byte rank : dense) {
            counts[rank]++;
        }
        for (int i = 0; i < sparseCount; i++) {
            counts[sparse[i] & RANK_MASK]++;
        }
        if (dense.length == 0) {
            counts[0] = REGISTERS - sparseCount;
        }
        return counts;
    }

    /** x + Σ x^(2^k) · 2^(k − 1) for k ≥ 1; infinite at 1. */
    private static double sigma(double share) {
        if (share == 1) {
            return Double.POSITIVE_INFINITY;
        }
        double power = share;
        double weight = 1;
        double sum = share;
        double previous;
        do {
            power *= power;
            previous = sum;
            sum += power * weight;
            weight += weight;
        } while (sum != previous);
        return sum;
    }

    /** (1 − x − Σ (1 − x^(2^−k))² · 2^−k) / 3 for k ≥ 1. */
    private static double tau(double share) {
        if (share == 0 || share == 1) {
            return 0;
        }
        double root = share;
        double weight = 1;
        double sum = 1 - share;
        double previous;
        do {
            root = Math.sqrt(root);
            previous = sum;
            weight *= 0.5;
            sum -= (1 - root) * (1 - root) * weight;
        } while (sum != previous);
        return sum / 3;
    }

    /** Equal sets give equal bytes. */
    void write(ByteWriter out) {
        out.writeBoolean(dense.length > 0);
        if (dense.length > 0) {
            out.writeRaw(dense, 0, REGISTERS);
            return;
        }
        out.writeVarLong(sparseCount);
        int previous = 0;
        for (int i = 0; i < sparseCount; i++) {
            out.writeVarLong(sparse[i] - previous);
            previous = sparse[i];
        }
    }

    /** Adds what {@link #write} wrote. */
    void addFrom(ByteReader in) {
        if (in.readBoolean()) {
            int start = in.skip(REGISTERS);
            for (int i = 0; i < REGISTERS; i++) {
                raiseChecked(i, in.array()[start + i], in);
            }
            return;
        }
        int entry = 0;
        for (int i = in.readCount(); i > 0; i--) {
            entry += in.readCount();
            raiseChecked(entry >>> RANK_BITS, entry & RANK_MASK, in);
        }
    }

    private void raiseChecked(int register, int rank, ByteReader in) {
        if (register >= REGISTERS || rank < 0 || rank > RANK_MAX) {
            throw Corrupt.at(in, "register " + register + " of rank " + rank);
        }
        if (rank > 0) {
            raise(register, rank);
        }
    }

    long retainedBytes() {
        return 56 + (long) Integer.BYTES * sparse.length + dense.length;
    }
}
