package io.tidewatch.kernel.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.type.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys that {@link KeyEncoder} wrote, for when they leave the system. Bytes that are no key of the types are {@link
 * ErrorCode#SNAPSHOT_CORRUPT}.
 */
public final class KeyDecoder {
    private KeyDecoder() {}

    /** The branch of the UNION ALL that a key is of. */
    public static int branch(byte[] key) {
        return new ByteReader(key).readCount();
    }

    /** The GROUPING_ID of a key. */
    public static long groupingId(byte[] key) {
        ByteReader in = new ByteReader(key);
        in.readVarLong();
        return in.readVarLong();
    }

    /**
     * The values of a key as Java objects, in the forms listed for the package of {@link Type}.
     *
     * @param types of the columns in the key, that is, without those outside its grouping set
     */
    public static List<@Nullable Object> values(byte[] key, List<Type> types) {
        ByteReader in = new ByteReader(key);
        in.readVarLong();
        in.readVarLong();
        List<@Nullable Object> values = new ArrayList<>(types.size());
        for (Type type : types) {
            values.add(in.readBoolean() ? value(type, in) : null);
        }
        if (in.hasRemaining()) {
            throw new TidewatchException(
                    ErrorCode.SNAPSHOT_CORRUPT,
                    "key of " + key.length + " bytes: values of " + types + " end at byte "
                            + in.position());
        }
        return Collections.unmodifiableList(values);
    }

    /**
     * Reads the next value of a key and appends it to a column.
     *
     * @param in stands behind branch and GROUPING_ID, or behind an earlier value
     */
    public static void append(ByteReader in, ColumnBuilder builder) {
        if (!in.readBoolean()) {
            builder.appendNull();
        } else if (builder instanceof LongColumnBuilder longs) {
            longs.append(number(in));
        } else if (builder instanceof DoubleColumnBuilder doubles) {
            doubles.append(KeyEncoder.unordered(Long.reverseBytes(in.readLong())));
        } else if (builder instanceof BooleanColumnBuilder booleans) {
            booleans.append(in.readBoolean());
        } else if (builder instanceof BytesColumnBuilder bytes) {
            int length = in.readCount();
            bytes.append(in.array(), in.skip(length), length);
        }
    }

    private static Object value(Type type, ByteReader in) {
        return switch (type.kind()) {
            case BOOLEAN -> in.readBoolean();
            case DOUBLE -> KeyEncoder.unordered(Long.reverseBytes(in.readLong()));
            case VARCHAR -> new String(in.readSlice(), UTF_8);
            case DECIMAL -> BigDecimal.valueOf(number(in), type.scale());
            case BIGINT, TIMESTAMP, INTERVAL, INTERVAL_MONTH -> number(in);
        };
    }

    private static long number(ByteReader in) {
        return KeyEncoder.ordered(Long.reverseBytes(in.readLong()));
    }
}
