package io.tidewatch.log.segment;

/** When an append is acknowledged. */
public enum Durability {
    /** When it was forced to disk: it survives the loss of power. */
    SYNC,
    /**
     * When the operating system has it: it survives the end of this process, and, a bounded time later, the loss of power.
     * Readers see it at once, so what was made of it may be durable before it is.
     */
    ASYNC
}
