package io.tidewatch.codecs.input;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be named, read or written, in words: of the most frequent reasons the JDK only says the file's name. */
public final class FileReasons {
    private FileReasons() {}

    /** Why a text cannot be the name of a file, and the remedy, to stand behind the text. */
    public static String of(InvalidPathException failure) {
        return "cannot be the name of a file here: " + failure.getReason()
                + " (letters beyond ASCII need a locale with UTF-8, such as LC_ALL=C.UTF-8)";
    }

    /** The reason and its remedy, to stand behind the name of the file. */
    public static String of(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission is denied (give it to the user of this process)";
        }
        if (failure instanceof NoSuchFileException) {
            return "there is no such file or folder (make it, or correct its name)";
        }
        String message = failure.getMessage();
        return message == null || message.isEmpty() ? failure.getClass().getSimpleName() : message;
    }
}
