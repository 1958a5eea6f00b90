package io.tidewatch.codecs.text;

import io.tidewatch.codecs.Position;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.codecs.bytes.Words;
import io.tidewatch.codecs.row.RecordDecoder;
import io.tidewatch.codecs.row.RowCollector;
import io.tidewatch.codecs.row.Utf8;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.util.Arrays;
import java.util.Collection;

/** Decodes lines of text: finds the end of each line and the values in it, and then reads those that are wanted. */
abstract class TextDecoder extends RecordDecoder {
    private static final int MISSING = -1;
    private static final long LINE_FEEDS = Words.eight((byte) '\n');

    /** By part of the line, as the format numbers them: where its value stands, and in which array. */
    private final byte[][] arrays;

    private final int[] starts;
    private final int[] ends;

    private final RowCollector rows;
    private final int[] partOfSlot;

    TextDecoder(StreamFormat format, RowCollector rows, Position from, int partCount) {
        super(rows, format.limits(), from, false);
        this.rows = rows;
        this.arrays = new byte[partCount][];
        this.starts = new int[partCount];
        this.ends = new int[partCount];
        this.partOfSlot = new int[rows.slotCount()];
    }

    final void readSlot(int slot, int part) {
        partOfSlot[slot] = part;
    }

    final TidewatchException unknownPart(int slot, String what, Collection<String> known) {
        return new TidewatchException(
                ErrorCode.CONFIGURATION_INVALID,
                "field '" + rows.field(slot).name() + "': " + what + " '"
                        + rows.field(slot).pathOrName() + "' does not exist (expected: one of "
                        + String.join(", ", known) + ")");
    }

    /** Finds the parts of the line {@code bytes[start, end)}, whose line feed stands at {@code end} or one further. */
    abstract void findParts(byte[] bytes, int start, int end);

    final void setPart(int part, byte[] bytes, int start, int end) {
        arrays[part] = bytes;
        starts[part] = start;
        ends[part] = end;
    }

    @Override
    protected final int decodeRecord(byte[] bytes, int start, int whole) {
        int feed = lineFeed(bytes, start);
        Arrays.fill(starts, MISSING);
        findParts(bytes, start, feed > start && bytes[feed - 1] == '\r' ? feed - 1 : feed);
        for (int slot = 0; slot < partOfSlot.length && !hasFailed(); slot++) {
            read(slot, partOfSlot[slot], bytes, start);
        }
        return feed;
    }

    private void read(int slot, int part, byte[] line, int lineStart) {
        if (starts[part] == MISSING) {
            if (!rows.nothing(slot)) {
                fail(lineStart, rows.missing(slot));
            }
            return;
        }
        byte[] bytes = arrays[part];
        if (!rows.text(slot, bytes, starts[part], ends[part])) {
            int at = bytes == line ? starts[part] : lineStart;
            fail(at, rows.misfit(slot, starts[part] == ends[part]));
        }
    }

    private int lineFeed(byte[] bytes, int start) {
        int at = Words.pass(bytes, start, LINE_FEEDS, LINE_FEEDS);
        while (bytes[at] != '\n') {
            int length = bytes[at] >= 0 ? 1 : Utf8.length(bytes, at);
            if (length == 0) {
                fail(at, "not UTF-8");
            }
            at = Words.pass(bytes, at + Math.max(1, length), LINE_FEEDS, LINE_FEEDS);
        }
        return at;
    }
}
