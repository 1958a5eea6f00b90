package io.tidewatch.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** A printer that remembers why it could not write, which other ones keep to themselves. */
final class StandardOutput extends PrintWriter {
    private static final int BUFFER_CHARS = 1 << 16;

    private final Remembering stream;

    /** Prints UTF-8 to a stream. */
    StandardOutput(OutputStream stream) {
        this(new Remembering(stream));
    }

    private StandardOutput(Remembering stream) {
        super(new BufferedWriter(new OutputStreamWriter(stream, UTF_8), BUFFER_CHARS));
        this.stream = stream;
    }

    /** Why something could not be written, if so. */
    @Nullable
    IOException failure() {
        return stream.failure;
    }

    private static final class Remembering extends FilterOutputStream {
        private @Nullable IOException failure;

        Remembering(OutputStream stream) {
            super(stream);
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            try {
                out.write(bytes, start, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
