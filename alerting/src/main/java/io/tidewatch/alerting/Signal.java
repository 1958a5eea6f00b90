package io.tidewatch.alerting;

/** What one evaluation says about the condition of an alert. */
enum Signal {
    /** {@code when} is TRUE. */
    HOLDS('h'),
    /** {@code when} is not TRUE, and {@code clear} is. */
    CLEAR('c'),
    /** Neither is TRUE: an alert that fires goes on, any other is as if clear. */
    HOVER('o'),
    /** Nothing is known: state and timers stand still. */
    KEEP('k');

    private final char code;

    Signal(char code) {
        this.code = code;
    }

    /** What stands for it in snapshots. */
    char code() {
        return code;
    }
}
