package io.tidewatch.alerting.notification;

import static io.tidewatch.alerting.notification.NotifierSnapshot.readText;
import static io.tidewatch.alerting.notification.NotifierSnapshot.readTexts;
import static io.tidewatch.alerting.notification.NotifierSnapshot.readWord;
import static io.tidewatch.alerting.notification.NotifierSnapshot.text;
import static io.tidewatch.alerting.notification.NotifierSnapshot.texts;

import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A delivery as bytes, to be recorded before it is sent; docs/formats/notifier-state.md shows them. */
public final class DeliveryBytes {
    private static final int FIRING = 1;
    private static final int PROVISIONAL = 2;
    private static final int HISTORICAL = 4;
    private static final int FLAPPING = 8;
    private static final int ACKNOWLEDGED = 16;

    private DeliveryBytes() {}

    public static void write(Delivery delivery, ByteWriter out) {
        text(delivery.id(), out);
        text(delivery.receiver(), out);
        out.writeVarLong(delivery.integration());
        text(delivery.kind(), out);
        text(delivery.groupKey(), out);
        text(delivery.route(), out);
        texts(delivery.groupLabels(), out);
        text(delivery.occasion().name(), out);
        out.writeZigZag(delivery.decidedAt());
        out.writeVarLong(delivery.truncatedAlerts());
        out.writeVarLong(delivery.alerts().size());
        delivery.alerts().forEach(alert -> alert(alert, out));
    }

    /** Throws TidewatchException with SNAPSHOT_CORRUPT if the bytes are no delivery. */
    public static Delivery read(ByteReader in) {
        String id = readText(in);
        String receiver = readText(in);
        int integration = in.readCount();
        String kind = readText(in);
        String groupKey = readText(in);
        String route = readText(in);
        SortedMap<String, String> groupLabels = readTexts(in);
        Delivery.Occasion occasion = readWord(Delivery.Occasion.class, in);
        long decidedAt = in.readZigZag();
        int truncated = in.readCount();
        List<DeliveredAlert> alerts = new ArrayList<>();
        for (int i = in.readCount(); i > 0; i--) {
            alerts.add(readAlert(in));
        }
        return new Delivery(
                id,
                receiver,
                integration,
                kind,
                groupKey,
                route,
                groupLabels,
                occasion,
                decidedAt,
                alerts,
                truncated);
    }

    private static void alert(DeliveredAlert alert, ByteWriter out) {
        Acknowledgement acknowledgement = alert.acknowledgement();
        text(alert.fingerprint(), out);
        out.writeByte((alert.isFiring() ? FIRING : 0)
                | (alert.isProvisional() ? PROVISIONAL : 0)
                | (alert.isHistorical() ? HISTORICAL : 0)
                | (alert.isFlapping() ? FLAPPING : 0)
                | (acknowledgement != null ? ACKNOWLEDGED : 0));
        texts(alert.labels(), out);
        texts(alert.annotations(), out);
        out.writeZigZag(alert.startsAt());
        out.writeZigZag(alert.endsAt());
        if (acknowledgement != null) {
            text(acknowledgement.owner(), out);
            text(acknowledgement.note(), out);
            out.writeZigZag(acknowledgement.at());
        }
    }

    private static DeliveredAlert readAlert(ByteReader in) {
        String fingerprint = readText(in);
        int flags = in.readByte();
        SortedMap<String, String> labels = readTexts(in);
        SortedMap<String, String> annotations = readTexts(in);
        long startsAt = in.readZigZag();
        long endsAt = in.readZigZag();
        return new DeliveredAlert(
                fingerprint,
                (flags & FIRING) != 0,
                labels,
                annotations,
                startsAt,
                endsAt,
                (flags & PROVISIONAL) != 0,
                (flags & HISTORICAL) != 0,
                (flags & FLAPPING) != 0,
                (flags & ACKNOWLEDGED) != 0 ? readAcknowledgement(in) : null);
    }

    private static @Nullable Acknowledgement readAcknowledgement(ByteReader in) {
        String owner = readText(in);
        String note = readText(in);
        return new Acknowledgement(owner, note, in.readZigZag());
    }
}
