package io.tidewatch.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.server.source.Source;
import java.util.ArrayDeque;
import java.util.Deque;

/** A source that gives what a test puts into it. */
final class ScriptedSource implements Source {
    private static final String FILE_END = "\u0000";

    private final Deque<byte[]> pieces = new ArrayDeque<>();
    private boolean endsAfterPieces;
    private Status status = Status.WAITING;

    ScriptedSource give(String text) {
        pieces.add(text.getBytes(UTF_8));
        return this;
    }

    ScriptedSource endFile() {
        pieces.add(FILE_END.getBytes(UTF_8));
        return this;
    }

    ScriptedSource end() {
        endsAfterPieces = true;
        return this;
    }

    @Override
    public String name() {
        return "script";
    }

    @Override
    public int read(byte[] buffer, int start, int length) {
        byte[] piece = pieces.poll();
        status = Status.WAITING;
        if (piece == null) {
            status = endsAfterPieces ? Status.ENDED : Status.WAITING;
            return 0;
        }
        if (piece.length == 1 && piece[0] == 0) {
            status = Status.FILE_ENDED;
            return 0;
        }
        int count = Math.min(length, piece.length);
        System.arraycopy(piece, 0, buffer, start, count);
        if (count < piece.length) {
            byte[] rest = new byte[piece.length - count];
            System.arraycopy(piece, count, rest, 0, rest.length);
            pieces.addFirst(rest);
        }
        return count;
    }

    @Override
    public Status status() {
        return status;
    }
}
