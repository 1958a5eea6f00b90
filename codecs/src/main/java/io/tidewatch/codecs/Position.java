package io.tidewatch.codecs;

/**
 * A place between two records of an input.
 *
 * @param ordinal how many records stand before it, accepted or refused
 * @param place how many bytes stand before it
 * @param line how many line feeds stand before it
 */
public record Position(long ordinal, long place, long line) {
    public static final Position START = new Position(0, 0, 0);
}
