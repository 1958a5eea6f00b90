package io.tidewatch.kernel.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DigestTest {
    @Test
    void isTheBeginningOfTheSha256OfThePartsBehindTheirLengths() {
        // sha256sum of the bytes 01 'k' 01 'a' and 7 as eight bytes, least first
        assertThat(Digest.of("k").text("a").number(7).id())
                .isEqualTo("9a70599a533db514ef792172fb0b8640");
    }

    @Test
    void tellsPartsApart() {
        List<String> ids = List.of(
                Digest.of("k").text("ab").text("c").id(),
                Digest.of("k").text("a").text("bc").id(),
                Digest.of("k").text("abc").id(),
                Digest.of("j").text("abc").id(),
                Digest.of("k").text("abc").text("").id());

        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void takesASliceAsTheBytesItHolds() {
        byte[] source = "xabcx".getBytes(UTF_8);

        assertThat(Digest.of("k").bytes(source, 1, 3).id())
                .isEqualTo(Digest.of("k").text("abc").id());
    }
}
