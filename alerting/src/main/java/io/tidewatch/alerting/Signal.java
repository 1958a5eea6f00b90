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

    /** Which of several signals counts: the greatest. */
    int strength() {
        return switch (this) {
            case HOLDS -> 3;
            case HOVER -> 2;
            case KEEP -> 1;
            case CLEAR -> 0;
        };
    }

    /** What stands for it in snapshots. */
    char code() {
        return code;
    }
}
