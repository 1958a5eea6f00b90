package io.tidewatch.alerting;

/** Takes transitions in the order in which they became due. */
@FunctionalInterface
public interface AlertSink {
    void emit(Transition transition);
}
