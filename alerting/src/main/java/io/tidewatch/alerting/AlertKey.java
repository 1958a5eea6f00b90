package io.tidewatch.alerting;

import io.tidewatch.kernel.state.KeyGroups;
import java.util.Arrays;
import java.util.HexFormat;

/** The canonical bytes of a key and the key group it is in; ordered by bytes, as unsigned. */
public final class AlertKey implements Comparable<AlertKey> {
    private final byte[] bytes;
    private final int keyGroup;

    /** Wraps the bytes, which the caller must not change afterwards. */
    public AlertKey(byte[] bytes, int keyGroup) {
        if (keyGroup < 0 || keyGroup >= KeyGroups.COUNT) {
            throw new IllegalArgumentException(
                    "keyGroup: " + keyGroup + " (expected: 0 to " + (KeyGroups.COUNT - 1) + ")");
        }
        this.bytes = bytes;
        this.keyGroup = keyGroup;
    }

    /** The bytes, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    public int keyGroup() {
        return keyGroup;
    }

    @Override
    public int compareTo(AlertKey other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AlertKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
