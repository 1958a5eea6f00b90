package io.tidewatch.log.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.log.Encoding;
import io.tidewatch.log.Entries;
import io.tidewatch.log.Entry;
import io.tidewatch.log.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of docs/formats/log.md, version 1, which later versions must read. */
class GoldenTest {
    private static final String FIRST = "00000000000000000000";
    private static final String SECOND = "00000000000000000003";

    private static final String[] RECORDS = {
        "0+2 type 1 @1000000 shop/41 json/3 {\"t\":1}\n{\"t\":2}\n",
        "2+1 type 2 @1000001 /0 /0 tick",
        "3+1 type 200 @1000001 /0 /0 "
    };

    @TempDir
    private Path folder;

    private final Heard heard = new Heard();

    @Test
    void writesTheGoldenFiles() throws Exception {
        try (SegmentLog log = open(130)) {
            Entry rows = Entry.rows(
                    2,
                    1_000_000,
                    new Origin("shop", 41),
                    new Encoding("json", 3),
                    "{\"t\":1}\n{\"t\":2}\n".getBytes(UTF_8));
            log.append(0, rows).get();
            log.append(0, Entries.tick(1_000_001, "tick")).get();
            byte[] first = Files.readAllBytes(file(FIRST + ".seg"));
            log.append(0, Entry.of(200, 5, new byte[0])).get();
            assertBytes("segment-1", first);
            assertBytes("active-1", Files.readAllBytes(file(SECOND + ".seg")));
            assertBytes("synced-1", Files.readAllBytes(file("synced")));
        }
    }

    @Test
    void readsTheGoldenFiles() throws Exception {
        put(FIRST + ".seg", "segment-1");
        put(SECOND + ".seg", "active-1");
        put("synced", "synced-1");
        assertRead();
    }

    @Test
    void readsTheGoldenCompressedSegmentAndItsIndex() throws Exception {
        put(FIRST + ".seg", "compressed-1");
        put(FIRST + ".idx", "index-1");
        put(SECOND + ".seg", "active-1");
        put("synced", "synced-1");
        assertRead();
        // The index was taken as it is: one that is made anew would be written again.
        assertBytes("index-1", Files.readAllBytes(file(FIRST + ".idx")));
        try (SegmentCursor cursor =
                SegmentCursor.open(new SystemDisk(), file(FIRST + ".seg"), 0, 0)) {
            SegmentIndex index = new SegmentIndices(new SystemDisk(), heard, 1 << 20).of(cursor);
            assertThat(index.entries()).containsExactly(0, 1_000_000, SegmentHeader.BYTES);
        }
    }

    private void assertRead() {
        try (SegmentLog log = open(130)) {
            assertThat(Entries.texts(log, 0, 0)).containsExactly(RECORDS);
        }
        assertThat(heard.lines()).isEmpty();
    }

    private SegmentLog open(int segmentBytes) {
        SegmentLimits limits = new SegmentLimits(1 << 20, segmentBytes, 8, 1 << 20, 1 << 20);
        SegmentSettings settings =
                new SegmentSettings(Durability.SYNC, 0, Long.MAX_VALUE, Long.MAX_VALUE, limits);
        return SegmentLog.open(folder, 1, settings, heard, new SystemDisk(), () -> 0x5EED5A17);
    }

    private Path file(String name) {
        return folder.resolve("0").resolve(name);
    }

    private void put(String name, String golden) throws IOException {
        Files.createDirectories(folder.resolve("0"));
        Files.write(file(name), golden(golden));
    }

    private static void assertBytes(String golden, byte[] bytes) throws IOException {
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo(HexFormat.of().formatHex(golden(golden)));
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = GoldenTest.class.getResourceAsStream(name + ".hex")) {
            String text = in == null ? "" : new String(in.readAllBytes(), UTF_8);
            return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
        }
    }
}
