package io.tidewatch.kernel.plan;

/**
 * The limits of what monitors keep.
 *
 * @param keysPerKeyGroupMax {@code keys_per_key_group}: of each pane, and again of each window, the keys of a key group that
 *     are kept apart; all others are folded into one overflow row per key group
 */
public record KernelLimits(int keysPerKeyGroupMax) {
    public static final KernelLimits DEFAULT = new KernelLimits(20_000);

    public KernelLimits {
        if (keysPerKeyGroupMax < 1) {
            throw new IllegalArgumentException(
                    "keysPerKeyGroupMax: " + keysPerKeyGroupMax + " (expected: >= 1)");
        }
    }
}
