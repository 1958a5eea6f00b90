package io.tidewatch.alerting;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.alerting.Announcer.Revision;
import io.tidewatch.kernel.aggregate.Exemplar;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.time.Times;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one key group's alerts. They hold no policy, so that another version of the monitor can go on from them;
 * docs/formats/alert-state.md shows them. The checksum is that of the snapshot around them.
 */
final class AlertSnapshot {
    private static final int VERSION = 3;
    private static final int LEARNED = 1;
    private static final int LISTED = 2;
    private static final int HAS_HISTORY = 4;
    private static final int IS_AMENDED = 8;
    private static final int APPROXIMATE = 1;
    private static final int INCOMPLETE = 2;

    private final Schema values;

    AlertSnapshot(AlertSpec spec) {
        this.values = spec.values();
    }

    void write(@Nullable KeyGroupState group, ByteWriter out) {
        out.writeByte(VERSION);
        out.writeBoolean(group != null);
        if (group == null) {
            return;
        }
        out.writeVarLong(group.refusedKeys);
        out.writeVarLong(group.unkeptEvaluations);
        out.writeLong(group.unkeptThrough);
        writeLifeCycle(group.limit, out);
        out.writeLong(group.limitedAt);
        writeSchema(out);
        out.writeVarLong(group.overflowEnds.size());
        group.overflowEnds.forEach(out::writeZigZag);
        out.writeVarLong(group.positions.size());
        group.positions.forEach((end, positions) -> {
            out.writeZigZag(end);
            writePositions(positions, out);
        });
        out.writeVarLong(group.provisionals.size());
        group.provisionals.forEach((end, keys) -> {
            out.writeZigZag(end);
            out.writeVarLong(keys.size());
            keys.forEach(key -> out.writeSlice(key.bytes()));
        });
        out.writeVarLong(group.keys.size());
        group.keys.values().forEach(key -> writeKey(key, out));
    }

    KeyGroupState read(int keyGroup, ByteReader in) {
        int version = in.readByte();
        if (version != VERSION) {
            throw corrupt("version " + version + " of the alert state (expected: " + VERSION + ")");
        }
        KeyGroupState group = new KeyGroupState(keyGroup);
        if (!in.readBoolean()) {
            return group;
        }
        group.refusedKeys = in.readVarLong();
        group.unkeptEvaluations = in.readVarLong();
        group.unkeptThrough = in.readLong();
        group.limit = readLifeCycle(in);
        group.limitedAt = in.readLong();
        List<Column> columns = readSchema(in);
        for (int i = in.readCount(); i > 0; i--) {
            group.overflowEnds.add(in.readZigZag());
        }
        for (int i = in.readCount(); i > 0; i--) {
            long end = in.readZigZag();
            group.positions.put(end, readPositions(in));
        }
        readProvisionals(group, in);
        for (int i = in.readCount(); i > 0; i--) {
            KeyState key = readKey(keyGroup, columns, in);
            group.keys.put(key.key, key);
            group.keptCount += key.history == null ? 0 : key.history.kept.size();
        }
        return group;
    }

    private static void readProvisionals(KeyGroupState group, ByteReader in) {
        for (int i = in.readCount(); i > 0; i--) {
            long end = in.readZigZag();
            TreeSet<AlertKey> keys = new TreeSet<>();
            for (int k = in.readCount(); k > 0; k--) {
                keys.add(new AlertKey(in.readSlice(), group.keyGroup));
            }
            group.provisionals.put(end, keys);
            group.provisionalCount += keys.size();
        }
    }

    private void writeKey(KeyState key, ByteWriter out) {
        out.writeSlice(key.key.bytes());
        out.writeByte((key.learned ? LEARNED : 0)
                | (key.listed ? LISTED : 0)
                | (key.history != null ? HAS_HISTORY : 0)
                | (key.amendedBy != null ? IS_AMENDED : 0));
        writeLifeCycle(key.condition, out);
        writeLifeCycle(key.absence, out);
        if (key.isExpected()) {
            out.writeLong(key.expectedFrom);
            out.writeLong(key.seenUntil);
        }
        writeValues(key.latestValues, out);
        if (key.history != null) {
            writeHistory(key.history, out);
        }
        if (key.amendedBy != null) {
            out.writeVarLong(key.amendedBy.number());
            out.writeLong(key.amendedBy.dueTime());
            out.writeLong(key.amendedBy.windowEnd());
        }
    }

    private KeyState readKey(int keyGroup, List<Column> columns, ByteReader in) {
        KeyState key = new KeyState(new AlertKey(in.readSlice(), keyGroup), Times.BEGINNING);
        int flags = in.readByte();
        key.learned = (flags & LEARNED) != 0;
        key.listed = (flags & LISTED) != 0;
        key.condition = readLifeCycle(in);
        key.absence = readLifeCycle(in);
        if (key.isExpected()) {
            long from = in.readLong();
            key.expect(from, in.readLong());
        }
        key.latestValues = readValues(columns, in);
        if ((flags & HAS_HISTORY) != 0) {
            key.history = readHistory(columns, in);
        }
        if ((flags & IS_AMENDED) != 0) {
            key.amendedBy = new Revision(in.readCount(), in.readLong(), in.readLong());
        }
        return key;
    }

    private void writeHistory(History history, ByteWriter out) {
        writeLifeCycle(history.base, out);
        out.writeLong(history.through);
        out.writeVarLong(history.kept.size());
        history.kept.forEach((end, kept) -> {
            out.writeZigZag(end);
            out.writeByte(kept.signal().code());
            writeSample(kept.sample(), out);
        });
        out.writeVarLong(history.emitted.size());
        for (History.Emitted emitted : history.emitted) {
            Change change = emitted.change();
            out.writeByte(change.from().code());
            out.writeByte(change.to().code());
            out.writeZigZag(change.startsAt());
            out.writeVarLong(change.ordinal());
            out.writeZigZag(change.at());
            writeText(emitted.id(), out);
        }
    }

    private static History readHistory(List<Column> columns, ByteReader in) {
        LifeCycle base = readLifeCycle(in);
        History history = new History(base, in.readLong());
        for (int i = in.readCount(); i > 0; i--) {
            long end = in.readZigZag();
            Signal signal = readSignal(in);
            history.kept.put(end, new History.Kept(signal, readSample(columns, in)));
        }
        for (int i = in.readCount(); i > 0; i--) {
            AlertState from = readState(in);
            AlertState to = readState(in);
            long startsAt = in.readZigZag();
            long ordinal = in.readVarLong();
            Change change = new Change(from, to, startsAt, ordinal, in.readZigZag());
            history.emitted.add(new History.Emitted(change, readText(in)));
        }
        return history;
    }

    private void writeSample(Sample sample, ByteWriter out) {
        out.writeZigZag(sample.windowStart());
        out.writeVarLong(sample.ordinal());
        writeValues(sample.values(), out);
        Marks marks = sample.marks();
        out.writeByte(
                (marks.approximate() ? APPROXIMATE : 0) | (marks.incomplete() ? INCOMPLETE : 0));
        out.writeVarLong(sample.exemplars().size());
        for (Exemplar exemplar : sample.exemplars()) {
            out.writeLong(exemplar.hash());
            out.writeZigZag(exemplar.partition());
            out.writeZigZag(exemplar.offset());
        }
    }

    private static Sample readSample(List<Column> columns, ByteReader in) {
        long windowStart = in.readZigZag();
        long ordinal = in.readVarLong();
        List<@Nullable Object> values = readValues(columns, in);
        int marks = in.readByte();
        List<Exemplar> exemplars = new ArrayList<>();
        for (int i = in.readCount(); i > 0; i--) {
            exemplars.add(new Exemplar(in.readLong(), (int) in.readZigZag(), in.readZigZag()));
        }
        return new Sample(
                windowStart,
                ordinal,
                values,
                new Marks((marks & APPROXIMATE) != 0, (marks & INCOMPLETE) != 0),
                List.of(),
                exemplars);
    }

    private static void writePositions(List<PositionRange> positions, ByteWriter out) {
        out.writeVarLong(positions.size());
        for (PositionRange range : positions) {
            out.writeVarLong(range.partition());
            out.writeZigZag(range.least());
            out.writeZigZag(range.greatest());
        }
    }

    private static List<PositionRange> readPositions(ByteReader in) {
        List<PositionRange> positions = new ArrayList<>();
        for (int i = in.readCount(); i > 0; i--) {
            positions.add(new PositionRange(in.readCount(), in.readZigZag(), in.readZigZag()));
        }
        return positions;
    }

    private static void writeLifeCycle(LifeCycle state, ByteWriter out) {
        out.writeByte(state.state().code());
        out.writeBoolean(state.isClearing());
        out.writeLong(state.startsAt());
        out.writeVarLong(state.ordinal());
        out.writeLong(state.timerFrom());
        out.writeLong(state.pausedMillis());
        out.writeLong(state.at());
    }

    private static LifeCycle readLifeCycle(ByteReader in) {
        AlertState state = readState(in);
        boolean isClearing = in.readBoolean();
        long startsAt = in.readLong();
        long ordinal = in.readVarLong();
        long timerFrom = in.readLong();
        long pausedMillis = in.readLong();
        return new LifeCycle(
                state, startsAt, ordinal, isClearing, timerFrom, pausedMillis, in.readLong());
    }

    /** A column of the version that wrote the values, and where it is now. */
    private record Column(Type type, int place, int size) {}

    private void writeSchema(ByteWriter out) {
        out.writeVarLong(values.size());
        for (Field field : values.fields()) {
            writeText(field.name(), out);
            writeText(field.type().kind().name(), out);
            out.writeByte(field.type().precision());
            out.writeByte(field.type().scale());
        }
    }

    private List<Column> readSchema(ByteReader in) {
        List<Column> columns = new ArrayList<>();
        for (int i = in.readCount(); i > 0; i--) {
            String name = readText(in);
            Type type = readType(in);
            int place = values.indexOf(name);
            boolean same = place >= 0 && values.field(place).type().equals(type);
            columns.add(new Column(type, same ? place : -1, values.size()));
        }
        return columns;
    }

    private void writeValues(List<@Nullable Object> row, ByteWriter out) {
        out.writeBoolean(!row.isEmpty());
        for (int i = 0; i < row.size(); i++) {
            Object value = row.get(i);
            out.writeBoolean(value != null);
            if (value != null) {
                writeValue(values.field(i).type(), value, out);
            }
        }
    }

    private static List<@Nullable Object> readValues(List<Column> columns, ByteReader in) {
        if (!in.readBoolean() || columns.isEmpty()) {
            return List.of();
        }
        List<@Nullable Object> row =
                new ArrayList<>(Collections.nCopies(columns.get(0).size(), null));
        for (Column column : columns) {
            Object value = in.readBoolean() ? readValue(column.type(), in) : null;
            if (column.place() >= 0) {
                row.set(column.place(), value);
            }
        }
        return Collections.unmodifiableList(row);
    }

    private static void writeValue(Type type, Object value, ByteWriter out) {
        switch (type.kind()) {
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case DOUBLE -> out.writeDouble((Double) value);
            case VARCHAR -> writeText((String) value, out);
            case DECIMAL -> out.writeLong(((BigDecimal) value).unscaledValue().longValueExact());
            case BIGINT, TIMESTAMP, INTERVAL, INTERVAL_MONTH -> out.writeLong((Long) value);
        }
    }

    private static Object readValue(Type type, ByteReader in) {
        return switch (type.kind()) {
            case BOOLEAN -> in.readBoolean();
            case DOUBLE -> in.readDouble();
            case VARCHAR -> readText(in);
            case DECIMAL -> new BigDecimal(BigInteger.valueOf(in.readLong()), type.scale());
            case BIGINT, TIMESTAMP, INTERVAL, INTERVAL_MONTH -> in.readLong();
        };
    }

    private static void writeText(String text, ByteWriter out) {
        out.writeSlice(text.getBytes(UTF_8));
    }

    private static String readText(ByteReader in) {
        return new String(in.readSlice(), UTF_8);
    }

    private static Type readType(ByteReader in) {
        String kind = readText(in);
        int precision = in.readByte();
        int scale = in.readByte();
        try {
            return new Type(TypeKind.valueOf(kind), precision, scale);
        } catch (IllegalArgumentException e) {
            throw corrupt("type " + kind + " of " + precision + " and " + scale + " digits");
        }
    }

    private static AlertState readState(ByteReader in) {
        int code = in.readByte();
        for (AlertState state : AlertState.values()) {
            if (state.code() == code) {
                return state;
            }
        }
        throw corrupt("state " + code);
    }

    private static Signal readSignal(ByteReader in) {
        int code = in.readByte();
        for (Signal signal : Signal.values()) {
            if (signal.code() == code) {
                return signal;
            }
        }
        throw corrupt("signal " + code);
    }

    private static TidewatchException corrupt(String what) {
        return new TidewatchException(ErrorCode.SNAPSHOT_CORRUPT, "alert state: " + what);
    }
}
