package io.tidewatch.server.command;

/** How rows are shown, named as on the command line. */
enum RowForm {
    text,
    json
}
