package io.tidewatch.server.log;

/** Lets several threads end in order what they began in order. */
final class Turns {
    private long turn;

    /**
     * Waits until all before {@code number} are done. They are at work and do not wait for anything else, so an interruption
     * is left to whoever comes next.
     */
    synchronized void await(long number) {
        boolean interrupted = false;
        while (turn != number) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The one whose turn it is, is done. */
    synchronized void done() {
        turn++;
        notifyAll();
    }
}
