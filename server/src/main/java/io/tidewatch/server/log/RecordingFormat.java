package io.tidewatch.server.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** The constants of the recording format, version 2; see docs/formats/recording.md. */
final class RecordingFormat {
    static final String FILE_NAME = "recording.tw";

    /** Declares a partition: stream, source. */
    static final int PARTITION = 1;

    /** Whole records: receive time, flags, bytes. */
    static final int BYTES = 2;

    /** A tick: receive time, time. */
    static final int TICK = 3;

    /** The end of a partition. */
    static final int END = 4;

    /** A version of a reference table: receive time, effective time, hash, table. */
    static final int TABLE = 5;

    /** The folder, in that of the recording, of the contents of tables, each in a file named by its hash. */
    static final String TABLES_FOLDER = "tables";

    static final int HASH_BYTES = 32;

    static final int STARTS_FILE = 1;
    static final int ENDS_FILE = 2;

    /** Length and checksum before each record. */
    static final int FRAME_BYTES = 8;

    /** The most bytes of a record; a greater length is damage. */
    static final int RECORD_BYTES_MAX = 1 << 29;

    /** The most partitions of a recording. */
    static final int PARTITIONS_MAX = 10_000;

    private static final String MAGIC = "TWREC";
    private static final int VERSION = 2;
    private static final int OLDEST_VERSION = 1;

    private RecordingFormat() {}

    /** The first eight bytes of a file: the name of the format, two zeros, the version. */
    static byte[] magic() {
        byte[] bytes = new byte[8];
        byte[] name = MAGIC.getBytes(US_ASCII);
        System.arraycopy(name, 0, bytes, 0, name.length);
        bytes[7] = VERSION;
        return bytes;
    }

    /** Whether a version can be read. */
    static boolean isReadable(int version) {
        return version >= OLDEST_VERSION && version <= VERSION;
    }
}
