package io.tidewatch.server.assembly;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.server.clock.Clock;
import io.tidewatch.server.config.Configuration;
import io.tidewatch.server.config.SourceConfig;
import io.tidewatch.server.config.StreamConfig;
import io.tidewatch.server.source.FileSource;
import io.tidewatch.server.source.FollowedFile;
import io.tidewatch.server.source.PipeSource;
import io.tidewatch.server.source.Source;
import io.tidewatch.server.source.generator.GeneratorSource;
import io.tidewatch.server.source.host.HostSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Opens the sources that a configuration declares. */
public final class Sources {
    private final Configuration configuration;
    private final Clock clock;
    private final InputStream stdin;

    public Sources(Configuration configuration, Clock clock, InputStream stdin) {
        this.configuration = configuration;
        this.clock = clock;
        this.stdin = stdin;
    }

    /** The source of a stream as it happens; the stream must declare one. */
    public Source live(StreamConfig stream) {
        SourceConfig source = stream.source().orElseThrow();
        if (source instanceof SourceConfig.File file) {
            Path path = configuration.resolve(file.path());
            return file.follow() ? FollowedFile.of(path) : FileSource.open(path);
        }
        if (source instanceof SourceConfig.Generator generator) {
            return GeneratorSource.paced(
                    stream.name(),
                    generator.generator(),
                    stream.fields(),
                    stream.time().field(),
                    clock);
        }
        return source instanceof SourceConfig.Host host
                ? HostSource.of(host, clock)
                : PipeSource.start("stdin", stdin);
    }

    /**
     * The source of a stream as a whole, for a backtest.
     *
     * @throws TidewatchException if it has no end
     */
    public Source whole(StreamConfig stream) {
        if (stream.source().isPresent()) {
            SourceConfig source = stream.source().get();
            if (source instanceof SourceConfig.File file) {
                return FileSource.open(configuration.resolve(file.path()));
            }
            if (source instanceof SourceConfig.Generator generator
                    && generator.generator().count().isPresent()) {
                return GeneratorSource.unpaced(
                        stream.name(),
                        generator.generator(),
                        stream.fields(),
                        stream.time().field());
            }
            if (source instanceof SourceConfig.Stdin) {
                return standardInput();
            }
        }
        throw new TidewatchException(
                ErrorCode.ARGUMENT_INVALID,
                "stream '" + stream.name()
                        + "' has no source with an end; give its rows with --input " + stream.name()
                        + "=FILE");
    }

    /** Whether {@link #whole} can open the source of a stream. */
    public boolean isWhole(StreamConfig stream) {
        if (stream.source().isEmpty()) {
            return false;
        }
        SourceConfig source = stream.source().get();
        return source instanceof SourceConfig.File
                || source instanceof SourceConfig.Stdin
                || (source instanceof SourceConfig.Generator generator
                        && generator.generator().count().isPresent());
    }

    /** The file of an argument; {@code -} is standard input. */
    public Source file(String path) {
        return path.equals("-") ? standardInput() : FileSource.open(Path.of(path));
    }

    private Source standardInput() {
        try {
            return FileSource.of("stdin", stdin);
        } catch (IOException e) {
            throw new TidewatchException(
                    ErrorCode.IO_FAILED, "stdin cannot be read: " + e.getMessage(), e);
        }
    }
}
