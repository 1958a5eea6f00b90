package io.tidewatch.kernel.operator;

/** Takes the rows of a link as they come out, in the order in which they became due. */
@FunctionalInterface
public interface LinkRowSink {
    /**
     * The rows are valid during the call only.
     *
     * @param view which of the outputs that share the link the rows are for
     */
    void rows(int view, LinkRows rows);
}
