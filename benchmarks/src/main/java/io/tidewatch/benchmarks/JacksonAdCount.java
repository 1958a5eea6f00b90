package io.tidewatch.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The same question with Jackson's streaming parser and maps of the JDK, as one would write it by hand. */
final class JacksonAdCount {
    private final JsonFactory factory = new JsonFactory();
    private final Map<String, Integer> campaigns = new HashMap<>();
    private final Map<Long, long[]> counts = new HashMap<>();

    JacksonAdCount(AdEvents events) {
        for (int ad = 0; ad < AdEvents.ADS; ad++) {
            campaigns.put(events.ad(ad), ad / (AdEvents.ADS / AdEvents.CAMPAIGNS));
        }
    }

    /** Counts whole lines. */
    void count(byte[] bytes) throws IOException {
        try (JsonParser parser = factory.createParser(bytes)) {
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                event(parser);
            }
        }
    }

    /** The views of a window that starts at {@code start}. */
    long views(long start, int campaign) {
        long[] ofWindow = counts.get(start / BareAdCount.WINDOW_MILLIS);
        return ofWindow == null ? 0 : ofWindow[campaign];
    }

    private void event(JsonParser parser) throws IOException {
        String ad = "";
        boolean isView = false;
        long time = 0;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "ad_id" -> ad = parser.getText();
                case "event_type" -> isView = parser.getText().equals("view");
                case "event_time" -> time = Long.parseLong(parser.getText());
                default -> {}
            }
        }
        Integer campaign = isView ? campaigns.get(ad) : null;
        if (campaign != null) {
            counts.computeIfAbsent(
                            time / BareAdCount.WINDOW_MILLIS, any -> new long[AdEvents.CAMPAIGNS])[
                    campaign]++;
        }
    }
}
