package io.tidewatch.kernel.operator;

import io.tidewatch.kernel.aggregate.PositionRanges;
import io.tidewatch.kernel.aggregate.RowOrigins;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.RowCodec;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.expression.Evaluation;
import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.state.KeyGroups;
import io.tidewatch.kernel.time.Lateness;
import io.tidewatch.kernel.time.TimeSpec;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The partial stage of links that fold nothing: sends filtered rows to the owner of their key. */
final class PartialRows extends PartialLink {
    private final int link;
    private final Link definition;
    private final boolean alerts;
    private final RowCodec codec;
    private final List<WaitingRow> waiting = new ArrayList<>();
    private final Map<WaitingWindow, IncompleteWindow> incompletes = new TreeMap<>();
    private final Map<WaitingWindow, IncompleteWindow> stretches = new TreeMap<>();

    /** @param alerts whether alerts are raised on what becomes of the rows, so that their positions matter */
    PartialRows(int link, Link definition, boolean alerts, SideOutput side) {
        super(List.of(link), definition.inputs(), side);
        this.link = link;
        this.definition = definition;
        this.alerts = alerts;
        this.codec = new RowCodec(definition.inputs().get(0).types());
    }

    @Override
    public void accept(
            int inputNumber,
            @Nullable TimeSpec time,
            SourceRows rows,
            Selection selection,
            Evaluation evaluation) {
        LinkInput input = input(inputNumber);
        evaluation.beginScope();
        Selection passing =
                input.filter() == null ? selection : evaluation.filter(input.filter(), selection);
        List<Column> columns = new ArrayList<>();
        for (Expression expression : input.columns()) {
            columns.add(evaluation.column(expression, passing));
        }
        BytesColumn keys = keys(input, rows, passing, evaluation);
        Selection sound = setAside(evaluation.endScope(), rows, passing);
        BytesColumn routes = routes(input, columns, keys, sound, rows.rowCount());
        for (int i = 0; i < sound.size(); i++) {
            int row = sound.row(i);
            if (time != null && Lateness.isBehind(rows.watermarks()[row], rows.eventTimes()[row])) {
                side().late(link, rows, row, rows.eventTimes()[row] + 1);
            } else {
                waiting.add(waitingRow(inputNumber, rows, row, columns, keys, routes));
            }
        }
    }

    @Override
    public boolean takesHidden() {
        return definition.shape() instanceof Rows shape && shape.keepsHidden();
    }

    @Override
    public void incomplete(IncompleteWindow missing) {
        long at = missing.eventTime();
        IncompleteWindow own = definition.keepsWindow() ? missing : missing.in(at, at);
        (own.stretch() ? stretches : incompletes)
                .merge(new WaitingWindow(own.start(), own.end()), own, IncompleteWindow::with);
    }

    @Override
    public void flush(Exchange exchange) {
        for (WaitingRow row : waiting) {
            ByteWriter out =
                    exchange.writer(link, exchange.destination(KeyGroups.of(row.routeHash())));
            out.writeByte(FinalRows.ROW);
            row.write(out);
        }
        for (int worker = 0; worker < exchange.destinationCount(); worker++) {
            ByteWriter out = exchange.writer(link, worker);
            incompletes.forEach((window, incomplete) -> {
                out.writeByte(FinalRows.INCOMPLETE);
                window.write(incomplete, out);
            });
            stretches.values().forEach(stretch -> {
                out.writeByte(FinalRows.STRETCH);
                Stretches.write(stretch.start(), stretch.end(), stretch, out);
            });
        }
        waiting.clear();
        incompletes.clear();
        stretches.clear();
    }

    private WaitingRow waitingRow(
            int input,
            SourceRows rows,
            int row,
            List<Column> columns,
            BytesColumn keys,
            BytesColumn routes) {
        ByteWriter values = new ByteWriter(64);
        codec.write(columns, row, values);
        RowOrigins origins = rows.origins();
        RowWindows windows = definition.keepsWindow() ? rows.windows() : null;
        PositionRanges positions = new PositionRanges();
        if (alerts) {
            origins.addPositions(row, positions);
        }
        return new WaitingRow(
                origins.isInLog(),
                positions,
                !rows.isHidden(row),
                rows.isApproximate(row),
                input,
                windows == null ? rows.eventTimes()[row] : windows.starts()[row],
                windows == null ? rows.eventTimes()[row] : windows.ends()[row],
                origins.partition(),
                origins.offsets()[row],
                routes.copyBytes(row),
                keys.copyBytes(row),
                origins.hasHashes() ? origins.hashes()[row] : 0,
                values.copyBytes());
    }

    /** The key that a row has before the link: its own if it comes from a link, else what the output says. */
    private BytesColumn keys(
            LinkInput input, SourceRows rows, Selection selection, Evaluation evaluation) {
        RowWindows windows = rows.windows();
        if (windows != null && !(definition.makesKey() && definition.shape() instanceof Rows)) {
            return windows.keys();
        }
        return RowKeys.of(
                definition.output(),
                expression -> expression.withColumns(input.columns()),
                evaluation,
                selection,
                rows.rowCount());
    }

    private BytesColumn routes(
            LinkInput input,
            List<Column> columns,
            BytesColumn keys,
            Selection selection,
            int rowCount) {
        List<Integer> routing = definition.routingColumns();
        if (routing == null) {
            return keys;
        }
        Column[] routed = new Column[routing.size()];
        List<Type> types = new ArrayList<>();
        for (int i = 0; i < routed.length; i++) {
            routed[i] = columns.get(routing.get(i));
            types.add(input.columns().get(routing.get(i)).type());
        }
        return RowKeys.of(routed, types, selection, rowCount);
    }
}
