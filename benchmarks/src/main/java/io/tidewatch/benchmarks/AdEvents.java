package io.tidewatch.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Events of advertisements as JSON lines of about 247 bytes, after the Yahoo streaming benchmark: who saw, clicked or bought
 * which of 1,000 advertisements, of 100 campaigns. Event time advances by one millisecond every 100 events. Event <i>i</i>
 * depends on the seed, on how many users there are, and on the events before it.
 */
final class AdEvents {
    static final int CAMPAIGNS = 100;
    static final int ADS = 1_000;
    static final int EVENTS_PER_MILLI = 100;
    static final long START_MILLIS = 1_700_000_000_000L;

    private static final String[] AD_TYPES = {
        "banner", "modal", "sponsored-search", "mail", "mobile"
    };
    private static final String[] EVENT_TYPES = {"view", "click", "purchase"};
    private static final int LINE_BYTES_MAX = 320;

    private final byte[][] ads;
    private final byte[][] users;
    private final byte[][] pages;
    private final SplittableRandom random;
    private byte[] buffer = new byte[0];
    private int end;
    private long produced;

    /** Events of {@code people} users on as many pages. */
    AdEvents(long seed, int people) {
        this.random = new SplittableRandom(seed);
        this.ads = ids(ADS);
        this.users = ids(people);
        this.pages = ids(people);
    }

    /** The identifiers of the advertisements; ten in a row belong to one campaign. */
    String ad(int number) {
        return new String(ads[number], US_ASCII);
    }

    static String campaign(int ad) {
        return "campaign-" + ad / (ADS / CAMPAIGNS);
    }

    /** The reference table from advertisements to campaigns, as CSV. */
    String table() {
        StringBuilder text = new StringBuilder("ad_id,campaign_id\n");
        for (int ad = 0; ad < ADS; ad++) {
            text.append(ad(ad)).append(',').append(campaign(ad)).append('\n');
        }
        return text.toString();
    }

    /** The next {@code count} events. */
    byte[] lines(int count) {
        buffer = new byte[Math.addExact(Math.multiplyExact(count, 248), LINE_BYTES_MAX)];
        end = 0;
        for (int i = 0; i < count; i++) {
            if (buffer.length - end < LINE_BYTES_MAX) {
                buffer = Arrays.copyOf(buffer, buffer.length + buffer.length / 8 + LINE_BYTES_MAX);
            }
            line(START_MILLIS + produced++ / EVENTS_PER_MILLI);
        }
        return Arrays.copyOf(buffer, end);
    }

    private void line(long time) {
        put("{\"user_id\":\"");
        put(any(users));
        put("\",\"page_id\":\"");
        put(any(pages));
        put("\",\"ad_id\":\"");
        put(any(ads));
        put("\",\"ad_type\":\"");
        put(AD_TYPES[random.nextInt(AD_TYPES.length)]);
        put("\",\"event_type\":\"");
        put(EVENT_TYPES[random.nextInt(EVENT_TYPES.length)]);
        put("\",\"event_time\":\"");
        put(Long.toString(time));
        put("\",\"ip_address\":\"172.1");
        put(Integer.toString(6 + random.nextInt(4)));
        put(".");
        put(Integer.toString(random.nextInt(256)));
        put(".10\"}\n");
    }

    private byte[] any(byte[][] from) {
        return from[random.nextInt(from.length)];
    }

    private void put(String text) {
        for (int i = 0; i < text.length(); i++) {
            buffer[end++] = (byte) text.charAt(i);
        }
    }

    private void put(byte[] text) {
        System.arraycopy(text, 0, buffer, end, text.length);
        end += text.length;
    }

    private byte[][] ids(int count) {
        byte[][] ids = new byte[count][];
        for (int i = 0; i < count; i++) {
            ids[i] = new UUID(random.nextLong(), random.nextLong()).toString().getBytes(US_ASCII);
        }
        return ids;
    }
}
