package io.tidewatch.codecs.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.generator.Choices;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipStreamTest {
    private static final int TEXT = 1;
    private static final int CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int ALL = TEXT | CHECKSUM | EXTRA | NAME | COMMENT;
    private static final int HEADER_BYTES = 10;

    @Test
    void readsMembersWithAnyHeadersAndZerosBehindThem() {
        Choices.random("gzip of several members", 300, choices -> {
            StringBuilder text = new StringBuilder();
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            int members = choices.between(1, 4);
            for (int i = 0; i < members; i++) {
                String part = choices.of("", "a", "text " + choices.between(0, 99))
                        .repeat(choices.between(1, 30_000));
                text.append(part);
                file.write(member(part, choices.between(0, ALL)));
            }
            file.write(new byte[choices.of(0, 1, 511, 70_000)]);
            InputStream trickle =
                    new FilterInputStream(new ByteArrayInputStream(file.toByteArray())) {
                        @Override
                        public int read(byte[] bytes, int start, int length) throws IOException {
                            return super.read(bytes, start, choices.of(1, 100, length));
                        }
                    };
            assertThat(read(trickle)).isEqualTo(text.toString());
        });
    }

    @Test
    void noFlippedBitGoesUnnoticed() throws IOException {
        for (int flags : new int[] {0, ALL}) {
            byte[] whole = joined(member("one and one ", flags), member("two", flags), new byte[9]);
            for (int bit = 8 * 2; bit < 8 * whole.length; bit++) {
                byte[] flipped = whole.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                try {
                    // The time in a header, as an example, may be any.
                    assertThat(read(flipped)).as("bit %d", bit).isEqualTo("one and one two");
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("gzip ").hasMessageContaining("at byte ");
                }
            }
        }
    }

    @Test
    void noCutGoesUnnoticedButBetweenMembers() throws IOException {
        byte[] first = member("one ", ALL);
        byte[] whole = joined(first, member("two", ALL));
        for (int length = 2; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length == first.length) {
                assertThat(read(cut)).isEqualTo("one ");
            } else {
                assertThatThrownBy(() -> read(cut))
                        .isInstanceOf(EOFException.class)
                        .hasMessageContaining("in the middle of a member, at byte " + length);
            }
        }
    }

    @Test
    void whatIsNoMemberIsNotTakenForTheEnd() throws IOException {
        int end = member("one", 0).length;
        refuses("x", end, "behind a member stands neither another one nor zeros to the end");
        refuses("\0\0\u001f", end + 2, "behind a member stands neither another one nor zeros");
        refuses("\u001f?", end, "no header of a member");
        byte[] second = member("two", ALL);
        second[1]++;
        refuses(new String(second, ISO_8859_1), end, "no header of a member");
        second = member("two", 0);
        second[3] = 0x20;
        refuses(new String(second, ISO_8859_1), end, "the header of a member has unknown flags");
        second = member("two", ALL);
        second[4]++;
        refuses(new String(second, ISO_8859_1), end, "the header of a member does not pass");
        second = member("two", 0);
        second[second.length - 1]++;
        refuses(
                new String(second, ISO_8859_1),
                end + second.length - 8,
                "the member from byte " + end + " on does not have the checksum and length");
    }

    private static void refuses(String behind, int place, String message) throws IOException {
        byte[] file = joined(member("one", 0), behind.getBytes(ISO_8859_1));
        try (InputStream in = Inputs.decompressed(new ByteArrayInputStream(file))) {
            assertThat(new String(in.readNBytes(3), US_ASCII)).isEqualTo("one");
            for (int time = 0; time < 2; time++) {
                assertThatThrownBy(() -> in.readAllBytes())
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith(
                                "gzip is damaged at byte " + place + ": " + message);
            }
        }
    }

    @Test
    void aHundredThousandMembersWithoutBytesAreRead() throws IOException {
        byte[] empty = member("", 0);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (int i = 0; i < 100_000; i++) {
            file.write(empty);
        }
        file.write(member("end", 0));
        assertThat(read(file.toByteArray())).isEqualTo("end");
    }

    @Test
    void aFirstHeaderThatIsDamagedIsSaidAtOnce() throws IOException {
        byte[] damaged = member("one", 0);
        damaged[2] = 7;
        assertThatThrownBy(() -> Inputs.decompressed(new ByteArrayInputStream(damaged)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("gzip is damaged at byte 0: no header of a member");
    }

    private static String read(byte[] file) throws IOException {
        return read(new ByteArrayInputStream(file));
    }

    private static String read(InputStream file) throws IOException {
        try (InputStream in = Inputs.decompressed(file)) {
            return new String(in.readAllBytes(), US_ASCII);
        }
    }

    /** A member whose header has what these flags say. */
    private static byte[] member(String text, int flags) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(plain)) {
            gzip.write(text.getBytes(US_ASCII));
        }
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.write(plain.toByteArray(), 0, HEADER_BYTES);
        header.write((flags & EXTRA) == 0 ? new byte[0] : new byte[] {3, 0, 'x', 0, 'y'});
        header.write(((flags & NAME) == 0 ? "" : "a name\0").getBytes(US_ASCII));
        header.write(((flags & COMMENT) == 0 ? "" : "a comment\0").getBytes(US_ASCII));
        byte[] bytes = header.toByteArray();
        bytes[3] = (byte) flags;
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        byte[] sum = {(byte) checksum.getValue(), (byte) (checksum.getValue() >> 8)};
        byte[] body = Arrays.copyOfRange(plain.toByteArray(), HEADER_BYTES, plain.size());
        return joined(bytes, (flags & CHECKSUM) == 0 ? new byte[0] : sum, body);
    }

    private static byte[] joined(byte[]... parts) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.write(part);
        }
        return whole.toByteArray();
    }
}
