package io.tidewatch.alerting;

/**
 * What is to be known about the values of a row.
 *
 * @param approximate whether a limit made an aggregate of the row an estimate or a part
 * @param incomplete whether rows that it may be made of are missing: in a link that is read, their keys were folded or they
 *     could not be computed
 */
public record Marks(boolean approximate, boolean incomplete) {
    /** Nothing: the values are what they seem. */
    public static final Marks NONE = new Marks(false, false);
}
