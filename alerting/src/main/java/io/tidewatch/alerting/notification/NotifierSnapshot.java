package io.tidewatch.alerting.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.alerting.AlertState;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.Digest;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.expression.TextPatterns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The bytes of a notifier's state; docs/formats/notifier-state.md shows them. The checksum is that of what is around them. */
final class NotifierSnapshot {
    private static final int VERSION = 1;
    private static final int FIRING = 1;
    private static final int SHADOW = 2;
    private static final int HISTORICAL = 4;
    private static final int ACKNOWLEDGED = 8;
    private static final int FLAPPING = 16;
    private static final int PROVISIONAL = 32;

    private final NotificationSpec spec;
    private final TextPatterns patterns;
    private boolean isOfOtherRoutes;
    private final SortedSet<String> displaced = new TreeSet<>();

    NotifierSnapshot(NotificationSpec spec, TextPatterns patterns) {
        this.spec = spec;
        this.patterns = patterns;
    }

    /**
     * The alerts that are to be routed anew, since the state that was read was written with other routes or receivers and has no
     * groups: those that fire, and those that were in a group.
     */
    SortedSet<String> displaced() {
        return displaced;
    }

    /** Names the routes and receivers. */
    private static String routes(NotificationSpec spec) {
        return Digest.of("routes")
                .text(spec.route().toString())
                .text(spec.receivers().toString())
                .id();
    }

    static void write(NotifierState state, ByteWriter out) {
        out.writeByte(VERSION);
        text(routes(state.spec), out);
        out.writeLong(state.now);
        out.writeVarLong(state.refusedAlerts);
        out.writeVarLong(state.refusedMemberships);
        out.writeVarLong(state.forgottenEntries);
        out.writeVarLong(state.alerts.size());
        state.alerts.values().forEach(alert -> alert(alert, out));
        out.writeVarLong(state.silences.size());
        state.silences.values().forEach(silence -> silence(silence, out));
        out.writeVarLong(state.ledger.size());
        state.ledger.forEach((key, told) -> told(key, told, out));
        out.writeVarLong(state.groups.size());
        state.groups.values().forEach(group -> group(group, out));
    }

    NotifierState read(ByteReader in) {
        int version = in.readByte();
        if (version != VERSION) {
            throw corrupt("version " + version + " (expected: " + VERSION + ")");
        }
        NotifierState state = new NotifierState(spec);
        isOfOtherRoutes = !readText(in).equals(routes(spec));
        state.now = in.readLong();
        state.refusedAlerts = in.readVarLong();
        state.refusedMemberships = in.readVarLong();
        state.forgottenEntries = in.readVarLong();
        for (int i = in.readCount(); i > 0; i--) {
            TrackedAlert alert = readAlert(in);
            state.alerts.put(alert.fingerprint, alert);
            if (alert.isFiring && isOfOtherRoutes) {
                displaced.add(alert.fingerprint);
            }
        }
        for (int i = in.readCount(); i > 0; i--) {
            Silence silence = readSilence(in);
            state.silences.put(silence.id(), silence);
        }
        for (int i = in.readCount(); i > 0; i--) {
            readTold(state, in);
        }
        Map<String, Route> routes = new TreeMap<>();
        state.root.walk(route -> routes.put(route.path(), route));
        for (int i = in.readCount(); i > 0; i--) {
            readGroup(state, routes, in);
        }
        derive(state);
        return state;
    }

    /** What follows from the alerts, once their groups are known. */
    private static void derive(NotifierState state) {
        for (TrackedAlert alert : state.alerts.values()) {
            if (alert.isProvisional()) {
                state.provisionals.add(alert);
            }
            if (alert.isFiring) {
                state.inhibitions.put(alert.fingerprint, alert.labels, true);
            }
            if (alert.isIdle()) {
                state.idle.add(alert);
            }
        }
    }

    private static void alert(TrackedAlert alert, ByteWriter out) {
        Acknowledgement acknowledgement = alert.acknowledgement;
        text(alert.fingerprint, out);
        out.writeByte((alert.isFiring ? FIRING : 0)
                | (alert.isShadow ? SHADOW : 0)
                | (alert.isHistorical ? HISTORICAL : 0)
                | (acknowledgement != null ? ACKNOWLEDGED : 0)
                | (alert.flapping.isFlapping() ? FLAPPING : 0)
                | (alert.isProvisional() ? PROVISIONAL : 0));
        texts(alert.labels, out);
        texts(alert.annotations, out);
        out.writeZigZag(alert.startsAt);
        out.writeZigZag(alert.endsAt);
        out.writeLong(alert.provisionalUntil);
        out.writeDouble(alert.flapping.score());
        out.writeZigZag(alert.flapping.at());
        out.writeVarLong(alert.revision);
        out.writeLong(alert.idleSince);
        if (acknowledgement != null) {
            text(acknowledgement.owner(), out);
            text(acknowledgement.note(), out);
            out.writeZigZag(acknowledgement.at());
        }
        out.writeVarLong(alert.steps.size());
        for (TrackedAlert.Step step : alert.steps) {
            text(step.id(), out);
            text(step.to().name(), out);
            out.writeZigZag(step.at());
        }
        out.writeVarLong(alert.reasons.size());
        alert.reasons.forEach(reason -> reason(reason, out));
    }

    private static TrackedAlert readAlert(ByteReader in) {
        String fingerprint = readText(in);
        int flags = in.readByte();
        TrackedAlert alert = new TrackedAlert(fingerprint, readTexts(in));
        alert.isFiring = (flags & FIRING) != 0;
        alert.isShadow = (flags & SHADOW) != 0;
        alert.isHistorical = (flags & HISTORICAL) != 0;
        alert.annotations = readTexts(in);
        alert.startsAt = in.readZigZag();
        alert.endsAt = in.readZigZag();
        long until = in.readLong();
        alert.provisionalUntil = (flags & PROVISIONAL) != 0 ? until : TrackedAlert.CONFIRMED;
        double score = in.readDouble();
        alert.flapping = new FlapScore(score, in.readZigZag(), (flags & FLAPPING) != 0);
        alert.revision = in.readVarLong();
        alert.idleSince = in.readLong();
        if ((flags & ACKNOWLEDGED) != 0) {
            alert.acknowledgement = readAcknowledgement(in);
        }
        for (int i = in.readCount(); i > 0; i--) {
            String id = readText(in);
            AlertState to = readWord(AlertState.class, in);
            alert.steps.add(new TrackedAlert.Step(id, to, in.readZigZag()));
        }
        for (int i = in.readCount(); i > 0; i--) {
            alert.reasons.addLast(readReason(in));
        }
        return alert;
    }

    private static Acknowledgement readAcknowledgement(ByteReader in) {
        String owner = readText(in);
        String note = readText(in);
        return new Acknowledgement(owner, note, in.readZigZag());
    }

    private static void reason(Reason reason, ByteWriter out) {
        out.writeZigZag(reason.at());
        out.writeZigZag(reason.until());
        out.writeVarLong(reason.count());
        text(reason.kind().name(), out);
        text(reason.place(), out);
        text(reason.detail(), out);
    }

    private static Reason readReason(ByteReader in) {
        long at = in.readZigZag();
        long until = in.readZigZag();
        long count = in.readVarLong();
        Reason.Kind kind = readWord(Reason.Kind.class, in);
        String place = readText(in);
        return new Reason(at, until, count, kind, place, readText(in));
    }

    private static void silence(Silence silence, ByteWriter out) {
        text(silence.id(), out);
        out.writeVarLong(silence.matchers().list().size());
        for (Matcher matcher : silence.matchers().list()) {
            text(matcher.name(), out);
            text(matcher.operator().name(), out);
            text(matcher.value(), out);
        }
        out.writeZigZag(silence.startsAt());
        out.writeZigZag(silence.endsAt());
        text(silence.createdBy(), out);
        text(silence.comment(), out);
    }

    private Silence readSilence(ByteReader in) {
        String id = readText(in);
        List<Matcher> matchers = new ArrayList<>();
        for (int i = in.readCount(); i > 0; i--) {
            String name = readText(in);
            Matcher.Operator operator = readWord(Matcher.Operator.class, in);
            matchers.add(new Matcher(name, operator, readText(in), patterns));
        }
        long startsAt = in.readZigZag();
        long endsAt = in.readZigZag();
        String createdBy = readText(in);
        return new Silence(id, new Matchers(matchers), startsAt, endsAt, createdBy, readText(in));
    }

    private static void told(Told.Key key, Told told, ByteWriter out) {
        text(key.groupKey(), out);
        text(key.receiver(), out);
        out.writeVarLong(key.integration());
        out.writeLong(told.at);
        state(told.state, out);
        Told.Outstanding outstanding = told.outstanding;
        out.writeBoolean(outstanding != null);
        if (outstanding != null) {
            text(outstanding.groupId(), out);
            state(outstanding.state(), out);
            DeliveryBytes.write(outstanding.delivery(), out);
        }
    }

    private static void readTold(NotifierState state, ByteReader in) {
        String groupKey = readText(in);
        String receiver = readText(in);
        Told.Key key = new Told.Key(groupKey, receiver, in.readCount());
        Told told = new Told();
        told.at = in.readLong();
        told.state = readState(in);
        if (in.readBoolean()) {
            String groupId = readText(in);
            Told.State says = readState(in);
            Delivery delivery = DeliveryBytes.read(in);
            told.outstanding = new Told.Outstanding(delivery, groupId, says);
            state.outstanding.put(delivery.id(), key);
        }
        state.ledger.put(key, told);
    }

    private static void state(Told.State state, ByteWriter out) {
        texts(state.firing(), out);
        texts(state.resolved(), out);
        texts(state.flapping(), out);
    }

    private static Told.State readState(ByteReader in) {
        SortedSet<String> firing = readSet(in);
        SortedSet<String> resolved = readSet(in);
        return new Told.State(firing, resolved, readSet(in));
    }

    private static void group(AlertGroup group, ByteWriter out) {
        text(group.route.path(), out);
        texts(group.labels, out);
        out.writeLong(group.dueAt);
        out.writeBoolean(group.hasFlushed);
        out.writeBoolean(group.hasFailed);
        texts(group.members, out);
        out.writeVarLong(group.over.size());
        group.over.forEach((fingerprint, revision) -> {
            text(fingerprint, out);
            out.writeVarLong(revision);
        });
    }

    private void readGroup(NotifierState state, Map<String, Route> routes, ByteReader in) {
        String path = readText(in);
        SortedMap<String, String> labels = readTexts(in);
        Route route = routes.getOrDefault(path, state.root);
        AlertGroup group = new AlertGroup(route, labels);
        group.dueAt = in.readLong();
        group.hasFlushed = in.readBoolean();
        group.hasFailed = in.readBoolean();
        group.members.addAll(readSet(in));
        for (int i = in.readCount(); i > 0; i--) {
            String fingerprint = readText(in);
            group.over.put(fingerprint, in.readVarLong());
        }
        if (isOfOtherRoutes) {
            displaced.addAll(group.members);
            return;
        }
        state.groups.put(group.id, group);
        state.due.add(group);
        for (String fingerprint : group.members) {
            TrackedAlert alert = state.alerts.get(fingerprint);
            if (alert == null) {
                throw corrupt("group " + group.id + " has an unknown alert " + fingerprint);
            }
            alert.groupCount++;
        }
    }

    static void text(String text, ByteWriter out) {
        out.writeSlice(text.getBytes(UTF_8));
    }

    static String readText(ByteReader in) {
        return new String(in.readSlice(), UTF_8);
    }

    static void texts(SortedMap<String, String> map, ByteWriter out) {
        out.writeVarLong(map.size());
        map.forEach((name, value) -> {
            text(name, out);
            text(value, out);
        });
    }

    static SortedMap<String, String> readTexts(ByteReader in) {
        SortedMap<String, String> map = new TreeMap<>();
        for (int i = in.readCount(); i > 0; i--) {
            String name = readText(in);
            map.put(name, readText(in));
        }
        return map;
    }

    private static void texts(Collection<String> texts, ByteWriter out) {
        out.writeVarLong(texts.size());
        texts.forEach(each -> text(each, out));
    }

    private static SortedSet<String> readSet(ByteReader in) {
        SortedSet<String> texts = new TreeSet<>();
        for (int i = in.readCount(); i > 0; i--) {
            texts.add(readText(in));
        }
        return texts;
    }

    static <E extends Enum<E>> E readWord(Class<E> type, ByteReader in) {
        String word = readText(in);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(word)) {
                return constant;
            }
        }
        throw corrupt(type.getSimpleName() + " " + word);
    }

    private static TidewatchException corrupt(String what) {
        return new TidewatchException(ErrorCode.SNAPSHOT_CORRUPT, "notifier: " + what);
    }
}
