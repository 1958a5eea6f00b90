package io.tidewatch.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tidewatch.codecs.Format;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/** Requests to a web server, in several formats. */
final class WebRequests {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final DateTimeFormatter LOG_TIME = DateTimeFormatter.ofPattern(
                    "dd/MMM/yyyy:HH:mm:ss xx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String AGENT =
            "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

    private WebRequests() {}

    static long status(int request) {
        return request % 17 == 0 ? 503 : request % 5 == 0 ? 404 : 200;
    }

    static long bytes(int request) {
        return request * 31L % 100_000;
    }

    /** As many of the first {@code requests} requests as fit into {@code bytesMax}, again and again until they fill it. */
    static byte[] text(Format format, int requests, int bytesMax) {
        ByteArrayOutputStream some = new ByteArrayOutputStream();
        String header = format instanceof Format.Csv
                ? "time,client,method,path,status,bytes,referer,agent\n"
                : "";
        some.writeBytes(header.getBytes(US_ASCII));
        for (int request = 0; request < requests; request++) {
            byte[] line = line(format, request).getBytes(US_ASCII);
            if (some.size() + line.length > bytesMax) {
                break;
            }
            some.writeBytes(line);
        }
        byte[] once = some.toByteArray();
        int body = once.length - header.length();
        int times = (bytesMax - header.length()) / body;
        byte[] text = Arrays.copyOf(once, header.length() + times * body);
        for (int i = 1; i < times; i++) {
            System.arraycopy(once, header.length(), text, header.length() + i * body, body);
        }
        return text;
    }

    private static String line(Format format, int request) {
        Instant time = START.plusSeconds(request / 100);
        String client = "10.0." + request % 200 + "." + request % 251;
        String path = "/articles/" + request % 1_000 + "/comments";
        String referer = "https://example.org/start/" + request % 37;
        if (format instanceof Format.Json) {
            return "{\"time\":\"" + time + "\",\"client\":\"" + client
                    + "\",\"method\":\"GET\",\"path\":\"" + path
                    + "\",\"status\":" + status(request) + ",\"bytes\":" + bytes(request)
                    + ",\"referer\":\"" + referer
                    + "\",\"agent\":\"" + AGENT + "\"}\n";
        }
        if (format instanceof Format.Csv) {
            return String.join(
                            ",",
                            time.toString(),
                            client,
                            "GET",
                            path,
                            Long.toString(status(request)),
                            Long.toString(bytes(request)),
                            referer,
                            '"' + AGENT + '"')
                    + "\n";
        }
        return client + " - - [" + LOG_TIME.format(time) + "] \"GET " + path + " HTTP/1.1\" "
                + status(request) + " " + bytes(request) + " \"" + referer + "\" \"" + AGENT
                + "\"\n";
    }
}
