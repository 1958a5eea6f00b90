package io.tidewatch.kernel.plan;

import io.tidewatch.kernel.aggregate.PositionRanges;
import io.tidewatch.kernel.aggregate.RowOrigins;
import io.tidewatch.kernel.batch.BooleanColumn;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.batch.BytesColumn;
import io.tidewatch.kernel.batch.Hash;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.expression.Evaluation;
import io.tidewatch.kernel.expression.Failures;
import io.tidewatch.kernel.operator.Exchange;
import io.tidewatch.kernel.operator.FinalLink;
import io.tidewatch.kernel.operator.LinkRows;
import io.tidewatch.kernel.operator.PartialLink;
import io.tidewatch.kernel.operator.SideOutput;
import io.tidewatch.kernel.operator.SourceRows;
import io.tidewatch.kernel.operator.TableVersions;
import io.tidewatch.kernel.plan.JobLink.JobSource;
import io.tidewatch.kernel.plan.JobLink.View;
import io.tidewatch.kernel.plan.JobLink.ViewReference;
import io.tidewatch.kernel.time.Times;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The final stage of a job for the key groups of one worker.
 *
 * <p>An engine calls, per epoch and level from 0 up: {@link #merge} with what the {@link Channels} of that level brought,
 * then {@link #advance} once, which closes windows, gives results, and writes partials for links of higher levels to the
 * exchange. All workers finish a level before any begins the next.
 */
public final class FinalStage {
    private final JobPlan plan;
    private final MutedSide side;
    private final TableVersions tables;
    private final List<FinalLink> finals = new ArrayList<>();
    private final Channels channels;
    private final long[] watermarks;
    private final Map<ViewReference, StageInputs> readers = new LinkedHashMap<>();
    private final List<List<PartialLink>> partialsByLevel = new ArrayList<>();
    private final Evaluation evaluation = new Evaluation();

    public FinalStage(JobPlan plan, SideOutput side) {
        this.plan = plan;
        this.side = new MutedSide(side);
        this.tables = plan.tableVersions();
        this.channels = new Channels(plan);
        this.watermarks = new long[plan.links().size()];
        Arrays.fill(watermarks, Times.BEGINNING);
        for (int level = 0; level < plan.levelCount(); level++) {
            partialsByLevel.add(new ArrayList<>());
        }
        for (JobLink link : plan.links()) {
            finals.add(FinalLinks.of(plan, link, this.side));
        }
        plan.folds().forEach(this::addReaders);
    }

    private void addReaders(JobFold fold) {
        JobLink link = fold.first();
        PartialLink partial = null;
        for (int i = 0; i < link.sources().size(); i++) {
            if (!(link.sources().get(i) instanceof JobSource.Views views)) {
                continue;
            }
            if (partial == null) {
                partial = fold.partial(side);
                partialsByLevel.get(link.level()).add(partial);
            }
            for (ViewReference view : views.views()) {
                readers.computeIfAbsent(view, any -> new StageInputs(tables, side))
                        .add(link, partial, i);
            }
        }
    }

    /** The versions of reference tables that rows of links are looked up in. */
    public TableVersions tables() {
        return tables;
    }

    /** Forgets versions of reference tables that no row needs any more. */
    public void forgetTables() {
        long least = Long.MAX_VALUE;
        for (FinalLink link : finals) {
            least = Math.min(least, link.watermark());
        }
        tables.forget(least);
    }

    /** Merges the blocks that a channel of the exchange brought, which are the first bytes of an array. */
    public void merge(int channel, byte[] bytes, int length) {
        for (JobLink link : channels.links(channel)) {
            finals.get(link.number()).merge(new ByteReader(bytes, 0, length));
        }
    }

    /**
     * Advances the links of one level.
     *
     * @param streamWatermarks per stream the least watermark of its partitions
     * @param exchange takes the partials of links of higher levels
     */
    public void advance(int level, long[] streamWatermarks, Exchange exchange, UpdateSink sink) {
        for (JobLink link : plan.links()) {
            if (link.level() == level) {
                advance(link, watermark(link, streamWatermarks), sink);
            }
        }
        flushAbove(level, exchange);
    }

    private void advance(JobLink link, long watermark, UpdateSink sink) {
        FinalLink state = finals.get(link.number());
        state.advance(watermark, (view, rows) -> pass(link, view, rows, sink));
        watermarks[link.number()] = state.closedTo();
    }

    private void flushAbove(int level, Exchange exchange) {
        for (int later = level + 1; later < plan.levelCount(); later++) {
            partialsByLevel.get(later).forEach(partial -> partial.flush(exchange));
        }
    }

    /** The greatest end of a window of a link that holds a row here; see {@link FinalLink#greatestEnd}. */
    public long greatestEnd(int link) {
        return finals.get(link).greatestEnd();
    }

    /**
     * Advances the links of one level some way to the end of bounded input.
     *
     * @param limits per link how far, equal in all workers; never farther than {@link #finish} comes. Later links come as far
     *     as those that they read.
     */
    public void approach(int level, long[] limits, Exchange exchange, UpdateSink sink) {
        for (JobLink link : plan.links()) {
            if (link.level() == level) {
                long limit = limits[link.number()];
                long[] streams = new long[plan.streams().size()];
                Arrays.fill(streams, limit);
                advance(link, Math.min(limit, watermark(link, streams)), sink);
            }
        }
        flushAbove(level, exchange);
    }

    /**
     * Advances the links of one level as the end of bounded input does.
     *
     * @param linkWatermarks per link how far, equal in all workers
     */
    public void finish(int level, long[] linkWatermarks, Exchange exchange, UpdateSink sink) {
        for (JobLink link : plan.links()) {
            if (link.level() == level) {
                FinalLink state = finals.get(link.number());
                state.finish(
                        Math.max(linkWatermarks[link.number()], readTo(link)),
                        (view, rows) -> pass(link, view, rows, sink));
                watermarks[link.number()] = state.closedTo();
            }
        }
        flushAbove(level, exchange);
    }

    /**
     * Gives the rows of the windows that are not closed yet, of chosen monitors, and changes nothing that can be seen: what
     * fails is left out, and told of when its window closes.
     */
    public void early(boolean[] monitors, UpdateSink sink) {
        side.mute(() -> open(monitors, sink));
    }

    /** As {@link #early}, when nothing more comes: what fails is told of now. */
    public void open(boolean[] monitors, UpdateSink sink) {
        for (JobLink link : plan.links()) {
            boolean wanted = link.views().stream()
                    .anyMatch(view -> view.isResult() && monitors[view.monitor()]);
            if (wanted) {
                finals.get(link.number()).early((number, rows) -> {
                    View view = link.views().get(number);
                    if (view.isResult() && monitors[view.monitor()]) {
                        give(link, number, rows, sink);
                    }
                });
            }
        }
    }

    /** How far a link has closed its windows. */
    public long watermark(int link) {
        return finals.get(link).watermark();
    }

    /** The time up to which all rows of a link came out; not after its {@link #watermark}. */
    public long closedTo(int link) {
        return finals.get(link).closedTo();
    }

    public long retainedBytes() {
        return finals.stream().mapToLong(FinalLink::retainedBytes).sum();
    }

    private long watermark(JobLink link, long[] streamWatermarks) {
        long least = Long.MAX_VALUE;
        for (JobSource source : link.sources()) {
            if (source instanceof JobSource.Stream stream) {
                least = Math.min(least, streamWatermarks[stream.stream()]);
            } else if (source instanceof JobSource.Views views) {
                for (ViewReference view : views.views()) {
                    least = Math.min(least, watermarks[view.link()]);
                }
            }
        }
        return least;
    }

    /** How far links have come that a later link reads: sessions may have come farther than the end that was asked for. */
    private long readTo(JobLink link) {
        long[] streams = new long[plan.streams().size()];
        Arrays.fill(streams, Times.BEGINNING);
        return watermark(link, streams);
    }

    private void pass(JobLink link, int number, LinkRows rows, UpdateSink sink) {
        View view = link.views().get(number);
        StageInputs inputs = readers.get(new ViewReference(link.number(), number));
        if (inputs != null) {
            feed(rows, inputs);
        }
        if (view.isResult()) {
            give(link, number, rows, sink);
        }
    }

    /** Hands the rows of revision 0, and what is missing among them, to later links; rows of amendments are late for them. */
    private static void feed(LinkRows rows, StageInputs inputs) {
        int rowCount = rows.rowCount();
        long[] hashes = new long[rowCount];
        int[] sound = new int[rowCount];
        int[] visible = new int[rowCount];
        boolean[] hidden = new boolean[rowCount];
        boolean[] approximate = new boolean[rowCount];
        PositionRanges[] positions = new PositionRanges[rowCount];
        int soundCount = 0;
        int visibleCount = 0;
        BytesColumn keys = rows.windows().keys();
        for (int row = 0; row < rowCount; row++) {
            positions[row] = rows.positions(row);
            approximate[row] = rows.is(LinkRows.APPROXIMATE, row);
            hashes[row] = Hash.of(keys.bytes(), keys.start(row), keys.length(row));
            if (!rows.is(LinkRows.FAILED | LinkRows.OVERFLOW, row)) {
                hidden[row] = !rows.is(LinkRows.VISIBLE, row);
                sound[soundCount++] = row;
                visible[visibleCount] = row;
                visibleCount += hidden[row] ? 0 : 1;
            }
        }
        RowOrigins origins = new RowOrigins(0, rows.eventTimes(), hashes, hashes, positions);
        SourceRows source = new SourceRows(
                rows.batch(), origins, rows.eventTimes(), rows.windows(), hidden, approximate);
        if (rows.emission().revision() == 0) {
            rows.eachIncomplete(inputs::incomplete);
            Selection shown = Selection.of(visible, visibleCount);
            inputs.accept(null, source, shown, Selection.of(sound, soundCount));
        } else {
            inputs.late(source, Selection.of(visible, visibleCount));
        }
    }

    private void give(JobLink link, int number, LinkRows rows, UpdateSink sink) {
        View view = link.views().get(number);
        MonitorPlan monitor = plan.monitors().get(view.monitor());
        int shown = monitor.rowSchema().size();
        if (monitor.when() == null) {
            sink.rows(new MonitorRows(
                    view.monitor(), view.branch(), rows, shown, null, null, List.of()));
            return;
        }
        Selection sound = withoutFailed(rows);
        evaluation.start(rows.batch());
        evaluation.beginScope();
        BooleanColumn when = (BooleanColumn) evaluation.column(monitor.when(), sound);
        BooleanColumn clear = monitor.clear() == null
                ? null
                : (BooleanColumn) evaluation.column(monitor.clear(), sound);
        Failures failures = evaluation.endScope();
        List<Integer> failed = new ArrayList<>();
        for (int i = 0; i < failures.size(); i++) {
            int row = failures.row(i);
            failed.add(row);
            side.failedKey(
                    link.number(),
                    number,
                    rows.windows().ends()[row],
                    rows.windows().keys().copyBytes(row),
                    failures.code(i),
                    failures.reason(i, rows.batch().schema()));
        }
        sink.rows(new MonitorRows(view.monitor(), view.branch(), rows, shown, when, clear, failed));
    }

    private static Selection withoutFailed(LinkRows rows) {
        int[] sound = new int[rows.rowCount()];
        int count = 0;
        for (int row = 0; row < sound.length; row++) {
            if (!rows.is(LinkRows.FAILED, row)) {
                sound[count++] = row;
            }
        }
        return Selection.of(sound, count);
    }

    /** Writes what is the same in all workers, per link. */
    public void writeCommon(ByteWriter out) {
        for (FinalLink link : finals) {
            int section = out.beginSection();
            link.writeCommon(out);
            out.endSection(section);
        }
    }

    /** Continues where {@link #writeCommon} wrote for an equal plan; before any {@link #read}. */
    public void readCommon(ByteReader in) {
        for (int link = 0; link < watermarks.length; link++) {
            finals.get(link).readCommon(in.readSection());
            watermarks[link] = finals.get(link).closedTo();
        }
    }

    /** Writes the state of key groups, per link. */
    public void write(List<@Nullable ByteWriter> outs) {
        int[] sections = new int[outs.size()];
        for (FinalLink link : finals) {
            for (int keyGroup = 0; keyGroup < sections.length; keyGroup++) {
                ByteWriter out = outs.get(keyGroup);
                sections[keyGroup] = out == null ? 0 : out.beginSection();
            }
            link.write(outs);
            for (int keyGroup = 0; keyGroup < sections.length; keyGroup++) {
                ByteWriter out = outs.get(keyGroup);
                if (out != null) {
                    out.endSection(sections[keyGroup]);
                }
            }
        }
    }

    /** Adds the state of one key group that {@link #write} wrote for an equal plan. */
    public void read(ByteReader in) {
        for (FinalLink link : finals) {
            link.read(in.readSection());
        }
    }
}
