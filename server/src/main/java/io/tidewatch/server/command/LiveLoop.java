package io.tidewatch.server.command;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Steps sessions in turn until they have ended, time is up, or the process is asked to stop. From the moment it is opened, a
 * process that is asked to stop waits until the loop has closed them.
 */
final class LiveLoop implements AutoCloseable {
    /** How long to wait when there was nothing to read. */
    private static final long PAUSE_MILLIS = 5;

    /** How long a process that is asked to stop waits for what is being written. */
    private static final long STOP_SECONDS = 10;

    private final Terminal terminal;
    private final List<LiveSession> sessions = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;

    private LiveLoop(Terminal terminal) {
        this.terminal = terminal;
        this.hook = new Thread(this::stop, "tidewatch-stop");
    }

    static LiveLoop open(Terminal terminal) {
        LiveLoop loop = new LiveLoop(terminal);
        try {
            Runtime.getRuntime().addShutdownHook(loop.hook);
        } catch (IllegalStateException e) {
            // The process is stopping already.
            loop.stopped.set(true);
        }
        return loop;
    }

    /** From now on the session is this loop's, which closes it. */
    void add(LiveSession session) {
        sessions.add(session);
    }

    void run(OptionalLong lengthMillis) {
        long start = terminal.clock().nanos();
        boolean running = true;
        while (running && !stopped.get() && !Thread.currentThread().isInterrupted()) {
            boolean any = false;
            for (LiveSession session : sessions) {
                any |= session.step();
            }
            long elapsed = (terminal.clock().nanos() - start) / 1_000_000;
            boolean ended = sessions.stream().allMatch(LiveSession::isEnded);
            terminal.flush();
            boolean inTime = lengthMillis.isEmpty() || elapsed < lengthMillis.getAsLong();
            running = !ended && inTime;
            if (!any && running) {
                terminal.clock().pause(PAUSE_MILLIS);
            }
        }
    }

    /** Closes each session, whatever fails. */
    @Override
    public void close() {
        List<Runnable> steps = new ArrayList<>();
        sessions.forEach(session -> steps.add(session::close));
        steps.add(closed::countDown);
        steps.add(this::removeHook);
        Closing.all(steps);
    }

    /** Runs when the process is asked to stop: lets the loop come to its end, so that nothing is cut short. */
    private void stop() {
        stopped.set(true);
        try {
            boolean done = closed.await(STOP_SECONDS, TimeUnit.SECONDS);
            if (!done) {
                terminal.err().println("tidewatch: stopped before all was written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is stopping already, and the hook is what waits for this thread.
        }
    }
}
