package io.tidewatch.alerting.notification;

import java.util.Locale;

/**
 * Why an alert was notified, or was not. The same reason at one place again and again is kept once.
 *
 * @param at when it first held, in milliseconds since the epoch
 * @param until when it last did
 * @param count how often
 * @param place the group and integration that it is about, such as {@code {}:{} → team/webhook[0]}; empty for all
 * @param detail by what or until when
 */
public record Reason(long at, long until, long count, Kind kind, String place, String detail) {
    static final int DETAIL_MAX = 1_000;

    /** What a reason is. The order of those that mute is that in which Alertmanager asks. */
    public enum Kind {
        /** The condition does not hold for as long as {@code for} asks. */
        PENDING("is pending"),
        /** The monitor is in {@code mode: shadow}. */
        SHADOW("in shadow mode nobody is told"),
        /** It was raised while catching up. */
        HISTORICAL("raised while catching up"),
        /** It is in a group now, which waits. */
        GROUPED("in the group"),
        /** A limit leaves it out. */
        LIMITED("left out by a limit"),
        /** The receiver has no integration. */
        NO_INTEGRATION("the receiver tells nobody"),
        INHIBITED("inhibited"),
        MUTED("muted by the time of day"),
        SILENCED("silenced"),
        FLAPPING("flaps: held"),
        /** An earlier delivery to the same integration has no answer. */
        AWAITING("awaits the answer to an earlier delivery"),
        /** What there is to say was said, and it is too soon to repeat it. */
        UNCHANGED("was told already"),
        ACKNOWLEDGED("acknowledged: not repeated"),
        /** The integration is not told what is over. */
        END_NOT_SENT("send_resolved is off"),
        /** A delivery was decided that carries it. */
        DECIDED("to be delivered"),
        /** The same, but there was no room for it in the delivery. */
        TRUNCATED("counted in a delivery, without room for it"),
        DELIVERED("delivered"),
        RETRYING("failed, to be tried again"),
        UNKNOWN("may have been delivered or not"),
        REFUSED("refused by the receiver"),
        GAVE_UP("not delivered, given up"),
        /** A provisional that says nothing new. */
        PROVISIONAL("provisional: says nothing new"),
        /** A provisional that the final evaluation confirmed. */
        CONFIRMED("confirmed without another notification"),
        /** A provisional that nothing confirmed. */
        UNCONFIRMED("was not confirmed, and is over"),
        /** An amendment changed a condition, but no state. */
        NOTE("amended without a change of state"),
        /** An amendment undid a transition. */
        WITHDRAWN("withdrawn by an amendment"),
        /** Catching up is over, and it still fires. */
        CAUGHT_UP("still fires after catching up");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** As a sentence goes on with "it". */
        public String text() {
            return text;
        }

        /** As it is written: {@code end_not_sent}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Reason of(long at, Kind kind, String place, String detail) {
        String cut = detail.length() <= DETAIL_MAX ? detail : detail.substring(0, DETAIL_MAX);
        return new Reason(at, at, 1, kind, place, cut);
    }

    boolean isSame(Reason other) {
        return kind == other.kind && place.equals(other.place) && detail.equals(other.detail);
    }

    Reason again(long now) {
        return new Reason(at, now, count + 1, kind, place, detail);
    }
}
