package io.tidewatch.engine.embedded;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.state.KeyGroups;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
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
    private static final int VERSION = 8;
    private static final int HEADER_BYTES = 8;

    private static final int POSITIONS = 0;
    private static final int COMMON = 1;
    private static final int FIRST_KEY_GROUP = 2;
    private static final int SECTIONS = FIRST_KEY_GROUP + KeyGroups.COUNT;
    private static final int SECTION_CAPACITY = 256;

    /** None once a later snapshot has taken them. */
    private ByteWriter @Nullable [] sections;

    private Snapshot(ByteWriter[] sections) {
        this.sections = sections;
    }

    /**
     * One without bytes, which are to be written.
     *
     * @param retired whose memory it takes, if there is one
     */
    static Snapshot begin(@Nullable Snapshot retired) {
        if (retired == null) {
            ByteWriter[] sections = new ByteWriter[SECTIONS];
            Arrays.setAll(sections, any -> new ByteWriter(SECTION_CAPACITY));
            return new Snapshot(sections);
        }
        ByteWriter[] sections = retired.sections();
        retired.sections = null;
        for (ByteWriter section : sections) {
            section.truncate(0);
        }
        return new Snapshot(sections);
    }

    ByteWriter positions() {
        return sections()[POSITIONS];
    }

    ByteWriter common() {
        return sections()[COMMON];
    }

    ByteWriter keyGroup(int keyGroup) {
        return sections()[FIRST_KEY_GROUP + keyGroup];
    }

    private ByteWriter[] sections() {
        if (sections == null) {
            throw new IllegalStateException(
                    "a later snapshot was written into the memory of this one");
        }
        return sections;
    }

    /** Reads what was written to a section. */
    static ByteReader reader(ByteWriter section) {
        return new ByteReader(section.array(), 0, section.size());
    }

    /** The key groups whose state is not that of an earlier snapshot, byte for byte. */
    public BitSet changedSince(Snapshot earlier) {
        BitSet changed = new BitSet(KeyGroups.COUNT);
        for (int keyGroup = 0; keyGroup < KeyGroups.COUNT; keyGroup++) {
            ByteWriter before = earlier.keyGroup(keyGroup);
            ByteWriter now = keyGroup(keyGroup);
            changed.set(
                    keyGroup,
                    !Arrays.equals(before.array(), 0, before.size(), now.array(), 0, now.size()));
        }
        return changed;
    }

    /** Writes the written form, in parts as large as they are. */
    public void writeTo(OutputStream out) throws IOException {
        ByteWriter header = new ByteWriter(HEADER_BYTES);
        header.writeInt(MAGIC);
        header.writeInt(VERSION);
        out.write(header.array(), 0, header.size());
        for (ByteWriter section : sections()) {
            header.truncate(0);
            header.writeInt(section.size());
            header.writeInt(checksum(section));
            out.write(header.array(), 0, header.size());
            out.write(section.array(), 0, section.size());
        }
    }

    /** The written form. */
    public byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Memory does not fail.
        }
        return out.toByteArray();
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
        ByteWriter[] sections = new ByteWriter[SECTIONS];
        for (int i = 0; i < sections.length; i++) {
            sections[i] = readSection(in);
        }
        if (in.hasRemaining()) {
            throw new TidewatchException(
                    ErrorCode.SNAPSHOT_CORRUPT, "bytes behind the end at " + in.position());
        }
        return new Snapshot(sections);
    }

    private static ByteWriter readSection(ByteReader in) {
        int length = in.readInt();
        int checksum = in.readInt();
        int start = in.skip(length);
        ByteWriter section = new ByteWriter(length);
        section.writeRaw(in.array(), start, length);
        if (checksum(section) != checksum) {
            throw new TidewatchException(
                    ErrorCode.SNAPSHOT_CORRUPT,
                    "the section at byte " + start + " fails its checksum");
        }
        return section;
    }

    private static int checksum(ByteWriter section) {
        CRC32C checksum = new CRC32C();
        checksum.update(section.array(), 0, section.size());
        return (int) checksum.getValue();
    }
}
