package io.tidewatch.codecs.time;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tidewatch.codecs.bytes.Words;
import io.tidewatch.kernel.time.Times;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Reads {@link TimeFormat.Epoch}. */
final class EpochReader extends TimeReader {
    private static final int FAST_DIGITS_MAX = 18;
    private static final int LENGTH_MAX = 64;

    private final TimeFormat.Unit unit;

    EpochReader(TimeFormat.Unit unit) {
        this.unit = unit;
    }

    @Override
    public long read(byte[] bytes, int start, int end) {
        boolean negative = start < end && bytes[start] == '-';
        int first = negative ? start + 1 : start;
        int length = end - first;
        if (length < 1 || length > LENGTH_MAX) {
            return UNREADABLE;
        }
        if (length > Long.BYTES && length <= 2 * Long.BYTES) {
            long head = Words.padded(Words.at(bytes, first), length - Long.BYTES);
            long tail = Words.at(bytes, end - Long.BYTES);
            if (Words.areDigits(head) && Words.areDigits(tail)) {
                long value = Words.digits(head) * 100_000_000 + Words.digits(tail);
                return toMillis(negative ? -value : value);
            }
        }
        long value = 0;
        int at = first;
        if (length <= FAST_DIGITS_MAX) {
            for (;
                    at <= end - Long.BYTES && Words.areDigits(Words.at(bytes, at));
                    at += Long.BYTES) {
                value = value * 100_000_000 + Words.digits(Words.at(bytes, at));
            }
            for (; at < end && isDigit(bytes[at]); at++) {
                value = value * 10 + (bytes[at] - '0');
            }
        }
        if (at < end) {
            return readExactly(bytes, start, end);
        }
        return toMillis(negative ? -value : value);
    }

    private long toMillis(long value) {
        return switch (unit) {
            case SECONDS -> Times.isSupported(value) ? inRange(value * 1000) : UNREADABLE;
            case MILLIS -> inRange(value);
            case MICROS -> inRange(Math.floorDiv(value, 1_000L));
            case NANOS -> inRange(Math.floorDiv(value, 1_000_000L));
        };
    }

    private long readExactly(byte[] bytes, int start, int end) {
        if (!isDigit(bytes[end - 1]) || !isDigit(bytes[bytes[start] == '-' ? start + 1 : start])) {
            return UNREADABLE;
        }
        for (int at = start + 1; at < end; at++) {
            if (bytes[at] == '.' && !isDigit(bytes[at - 1])) {
                return UNREADABLE;
            }
        }
        BigDecimal value;
        try {
            value = new BigDecimal(new String(bytes, start, end - start, ISO_8859_1));
        } catch (NumberFormatException e) {
            return UNREADABLE;
        }
        long magnitude = (long) value.precision() - value.scale();
        if (value.signum() == 0 || magnitude < -LENGTH_MAX) {
            return value.signum() < 0 ? -1 : 0;
        }
        if (magnitude > 25) {
            return UNREADABLE;
        }
        BigDecimal millis = value.movePointRight(millisExponent()).setScale(0, RoundingMode.FLOOR);
        return millis.abs().compareTo(BigDecimal.valueOf(Times.MAX)) > 0
                ? UNREADABLE
                : inRange(millis.longValueExact());
    }

    private int millisExponent() {
        return switch (unit) {
            case SECONDS -> 3;
            case MILLIS -> 0;
            case MICROS -> -3;
            case NANOS -> -6;
        };
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    @Override
    public boolean readsNumbers() {
        return true;
    }

    @Override
    public String expectation() {
        return switch (unit) {
            case SECONDS -> "seconds since the epoch";
            case MILLIS -> "milliseconds since the epoch";
            case MICROS -> "microseconds since the epoch";
            case NANOS -> "nanoseconds since the epoch";
        };
    }
}
