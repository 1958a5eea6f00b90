package io.tidewatch.server.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FileSourceTest {
    @Test
    void aStreamThatCannotBeReadIsClosed() {
        boolean[] closed = {false};
        ByteArrayInputStream damaged = new ByteArrayInputStream(new byte[] {0x1F, (byte) 0x8B, 7}) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        assertThatThrownBy(() -> FileSource.of("x.gz", damaged))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("gzip is damaged at byte 0: no header of a member");
        assertThat(closed[0]).isTrue();
    }
}
