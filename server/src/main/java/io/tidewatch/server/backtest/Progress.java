package io.tidewatch.server.backtest;

import io.tidewatch.server.clock.Clock;
import io.tidewatch.server.job.Intake;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** Shows how far a backtest is: events, events per second, the part that is done and the time left. */
public final class Progress {
    private static final long SHOW_NANOS = 500_000_000L;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final Clock clock;
    private final Intake intake;
    private final long startNanos;
    private long shownNanos;
    private boolean shown;

    /**
     * Progress of what goes through an intake.
     *
     * @param terminal whether lines may be overwritten; otherwise nothing is shown before the end
     */
    public Progress(PrintWriter out, boolean terminal, Clock clock, Intake intake) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        this.intake = intake;
        this.startNanos = clock.nanos();
        this.shownNanos = startNanos;
    }

    /** Shows a line now and then; {@code part} is what is done, from 0 to 1, where it is known. */
    public void show(Supplier<OptionalDouble> part) {
        long now = clock.nanos();
        if (!terminal || now - shownNanos < SHOW_NANOS) {
            return;
        }
        shownNanos = now;
        shown = true;
        out.print(CLEAR_LINE + line(part.get(), (now - startNanos) / 1e9));
        out.flush();
    }

    /** Takes the line away. */
    public void clear() {
        if (shown) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }

    /** How long it took until now, in seconds. */
    public double seconds() {
        return (clock.nanos() - startNanos) / 1e9;
    }

    private String line(OptionalDouble part, double seconds) {
        long events = intake.accepted() + intake.refused();
        String text = String.format(
                Locale.ROOT,
                "%,d events, %,.0f per second",
                events,
                events / Math.max(1e-9, seconds));
        if (part.isPresent() && part.getAsDouble() > 0) {
            double left = seconds / part.getAsDouble() - seconds;
            text += String.format(
                    Locale.ROOT, ", %.0f %%, %s left", 100 * part.getAsDouble(), length(left));
        }
        return text;
    }

    private static String length(double seconds) {
        long whole = Math.max(0, Math.round(seconds));
        return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }
}
