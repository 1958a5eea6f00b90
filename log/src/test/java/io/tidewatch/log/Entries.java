package io.tidewatch.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** Entries and records of tests, and how they look in assertions. */
public final class Entries {
    private Entries() {}

    /** Rows with a text as payload. */
    public static Entry rows(int rowCount, long receiveMillis, String text) {
        return Entry.rows(
                rowCount,
                receiveMillis,
                new Origin("p", 7),
                new Encoding("json", 3),
                text.getBytes(UTF_8));
    }

    /** A tick with a text as payload. */
    public static Entry tick(long receiveMillis, String text) {
        return Entry.of(Entry.TICK, receiveMillis, text.getBytes(UTF_8));
    }

    /** All there is to say of a record, in a line. */
    public static String text(LogRecord record) {
        Entry entry = record.entry();
        return record.offset() + "+" + entry.rowCount() + " type " + entry.type() + " @"
                + entry.receiveMillis() + " " + entry.origin().producer() + "/"
                + entry.origin().sequence()
                + " " + entry.encoding().codec() + "/" + entry.encoding().schemaVersion() + " "
                + new String(entry.payload(), UTF_8);
    }

    /** What stands in a log from an offset on, as {@link #text}. */
    public static List<String> texts(EventLog log, int partition, long offset) {
        try (LogReader reader = log.read(partition, offset)) {
            List<String> texts = new ArrayList<>();
            for (LogRecord record = reader.next(); record != null; record = reader.next()) {
                texts.add(text(record));
            }
            return texts;
        }
    }
}
