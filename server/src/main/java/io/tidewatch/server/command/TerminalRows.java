package io.tidewatch.server.command;

import io.tidewatch.server.job.JobOutput;
import io.tidewatch.server.output.JsonRows;
import io.tidewatch.server.output.ResultRow;
import io.tidewatch.server.output.TextRows;
import io.tidewatch.server.output.TransitionRow;

/** Shows rows as they come. */
final class TerminalRows implements JobOutput {
    private final Terminal terminal;
    private final RowForm form;
    private final boolean withResults;
    private final JsonRows json;

    TerminalRows(Terminal terminal, RowForm form, boolean withResults) {
        this.terminal = terminal;
        this.form = form;
        this.withResults = withResults;
        this.json = new JsonRows(terminal.out());
    }

    @Override
    public void result(ResultRow row) {
        if (withResults) {
            switch (form) {
                case text -> terminal.out().println(TextRows.of(row));
                case json -> json.result(row);
            }
        }
    }

    @Override
    public void transition(TransitionRow row) {
        switch (form) {
            case text -> terminal.out().println(TextRows.of(row));
            case json -> json.transition(row);
        }
    }
}
