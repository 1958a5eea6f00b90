package io.tidewatch.kernel.state;

/** The fixed number of shares into which keys are divided, so that state can move between workers. */
public final class KeyGroups {
    /** How many there are, for ever: snapshots and engines rely on it. */
    public static final int COUNT = 128;

    private static final int SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(COUNT);

    private KeyGroups() {}

    /** The key group of a key with this hash: its seven highest bits. */
    public static int of(long hash) {
        return (int) (hash >>> SHIFT);
    }

    /** The least hash of a key group. */
    public static long firstHash(int keyGroup) {
        return (long) keyGroup << SHIFT;
    }
}
