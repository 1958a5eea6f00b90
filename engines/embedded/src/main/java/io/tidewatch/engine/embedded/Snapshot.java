package io.tidewatch.engine.embedded;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.state.KeyGroups;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The state of a job between two epochs: the positions of all partitions, what the key groups have in common, and the state
 * of each key group.
 *
 * <p>Written form: the magic number, the version, then the positions, the common state and the 128 key groups, each as
 * length, CRC32C and bytes.
 */
public final class Snapshot {
    private static final int MAGIC = 0x54574B53; // "TWKS"
    private static final int VERSION = 5;
    private static final int HEADER_BYTES = 8;
    private static final int SECTION_HEADER_BYTES = 8;

    private final byte[] positions;
    private final byte[] common;
    private final byte[][] keyGroups;
    private final int changedCount;

    private Snapshot(byte[] positions, byte[] common, byte[][] keyGroups, int changedCount) {
        this.positions = positions;
        this.common = common;
        this.keyGroups = keyGroups;
        this.changedCount = changedCount;
    }

    static Snapshot of(
            byte[] positions, byte[] common, byte[][] keyGroups, @Nullable Snapshot previous) {
        int changed = 0;
        for (int i = 0; i < keyGroups.length; i++) {
            requireNonNull(keyGroups[i], "keyGroup");
            if (previous != null && Arrays.equals(previous.keyGroups[i], keyGroups[i])) {
                keyGroups[i] = previous.keyGroups[i];
            } else {
                changed++;
            }
        }
        return new Snapshot(positions, common, keyGroups, changed);
    }

    byte[] positions() {
        return positions;
    }

    byte[] common() {
        return common;
    }

    byte[] keyGroup(int keyGroup) {
        return keyGroups[keyGroup];
    }

    /** How many key groups differ from the snapshot before. */
    public int changedCount() {
        return changedCount;
    }

    /** The written form. */
    public byte[] toBytes() {
        ByteWriter out = new ByteWriter(0);
        out.expect(writtenBytes());
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        writeSection(positions, out);
        writeSection(common, out);
        for (byte[] keyGroup : keyGroups) {
            writeSection(keyGroup, out);
        }
        return out.copyBytes();
    }

    private long writtenBytes() {
        long sections = positions.length + (long) common.length;
        for (byte[] keyGroup : keyGroups) {
            sections += keyGroup.length;
        }
        return HEADER_BYTES + (2L + keyGroups.length) * SECTION_HEADER_BYTES + sections;
    }

    /** Reads the written form; damage is {@link ErrorCode#SNAPSHOT_CORRUPT}. */
    public static Snapshot parse(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int magic = in.readInt();
        int version = in.readInt();
        if (magic != MAGIC || version != VERSION) {
            throw new TidewatchException(
                    ErrorCode.SNAPSHOT_CORRUPT,
                    "not a snapshot of version " + VERSION + ": magic " + Integer.toHexString(magic)
                            + ", version " + version);
        }
        byte[] positions = readSection(in);
        byte[] common = readSection(in);
        byte[][] keyGroups = new byte[KeyGroups.COUNT][];
        for (int i = 0; i < keyGroups.length; i++) {
            keyGroups[i] = readSection(in);
        }
        if (in.hasRemaining()) {
            throw new TidewatchException(
                    ErrorCode.SNAPSHOT_CORRUPT, "bytes behind the end at " + in.position());
        }
        return new Snapshot(positions, common, keyGroups, keyGroups.length);
    }

    private static void writeSection(byte[] section, ByteWriter out) {
        out.writeInt(section.length);
        out.writeInt(checksum(section));
        out.writeRaw(section, 0, section.length);
    }

    private static byte[] readSection(ByteReader in) {
        int length = in.readInt();
        int checksum = in.readInt();
        int start = in.skip(length);
        byte[] section = Arrays.copyOfRange(in.array(), start, start + length);
        if (checksum(section) != checksum) {
            throw new TidewatchException(
                    ErrorCode.SNAPSHOT_CORRUPT,
                    "the section at byte " + start + " fails its checksum");
        }
        return section;
    }

    private static int checksum(byte[] section) {
        CRC32C checksum = new CRC32C();
        checksum.update(section);
        return (int) checksum.getValue();
    }
}
