package io.tidewatch.server.config;

import io.tidewatch.server.yaml.Place;

/** Where the rows of a stream come from. */
public sealed interface SourceConfig {
    Place place();

    /** How the bytes of the source are written. */
    FormatConfig format();

    /**
     * A file.
     *
     * @param follow whether to wait for more at its end, through rotation
     */
    record File(Place place, Setting path, FormatConfig format, boolean follow)
            implements SourceConfig {}

    /** The standard input of the process. */
    record Stdin(Place place, FormatConfig format) implements SourceConfig {}

    /** Rows made up by rule, for demonstrations and load. */
    record Generator(Place place, GeneratorConfig generator) implements SourceConfig {
        @Override
        public FormatConfig format() {
            return FormatConfig.JSON;
        }
    }

    /**
     * Measurements of this machine.
     *
     * @param intervalMillis the time from one measurement to the next
     * @param processCount how many processes, those with the most CPU, each measurement lists
     */
    record Host(Place place, long intervalMillis, int processCount) implements SourceConfig {
        public static final long INTERVAL_MILLIS_DEFAULT = 1_000;
        public static final int PROCESS_COUNT_DEFAULT = 10;

        @Override
        public FormatConfig format() {
            return FormatConfig.JSON;
        }
    }
}
