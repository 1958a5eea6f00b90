package io.tidewatch.kernel.plan;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.expression.Evaluation;
import io.tidewatch.kernel.expression.Failures;
import io.tidewatch.kernel.operator.EarlyFilter;
import io.tidewatch.kernel.operator.Expansion;
import io.tidewatch.kernel.operator.Groupings;
import io.tidewatch.kernel.operator.IncompleteWindow;
import io.tidewatch.kernel.operator.JoinedRows;
import io.tidewatch.kernel.operator.LinkInput;
import io.tidewatch.kernel.operator.Lookup;
import io.tidewatch.kernel.operator.PartialLink;
import io.tidewatch.kernel.operator.SideOutput;
import io.tidewatch.kernel.operator.SourceRows;
import io.tidewatch.kernel.operator.TableVersions;
import io.tidewatch.kernel.time.TimeSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of links that read one source: gives them its rows, joined once for all that join alike, and evaluated
 * together so that common expressions are computed once.
 */
final class StageInputs {
    /** Scratch memory beyond which results are computed anew for the next reader instead of being shared. */
    static final long SCRATCH_BYTES_MAX = 64L << 20;

    private record JoinKey(List<Expansion> expansion, List<Lookup> lookups) {}

    private record Reader(PartialLink partial, int inputNumber) {
        void accept(
                @Nullable TimeSpec time,
                SourceRows rows,
                Selection selection,
                Evaluation evaluation) {
            partial.accept(inputNumber, time, rows, selection, evaluation);
        }
    }

    /** The inputs that join alike. */
    private static final class Group {
        private final JoinedRows joined;
        private final EarlyFilter early = new EarlyFilter();
        private final Groupings groupings = new Groupings();
        private final List<Reader> readers = new ArrayList<>();
        private final Failed failed;

        Group(JoinedRows joined, SideOutput side) {
            this.joined = joined;
            this.failed = new Failed(readers, side);
        }
    }

    private final Map<JoinKey, Group> groupOfJoin = new LinkedHashMap<>();
    private final List<Group> groups = new ArrayList<>();
    private final TableVersions tables;
    private final SideOutput side;
    private final long scratchBytesMax;
    private final Evaluation ofSource = new Evaluation();
    private final Evaluation ofJoined = new Evaluation();

    StageInputs(TableVersions tables, SideOutput side) {
        this(tables, side, SCRATCH_BYTES_MAX);
    }

    /** @param scratchBytesMax with how much scratch memory a reader may begin that shares what others computed */
    StageInputs(TableVersions tables, SideOutput side, long scratchBytesMax) {
        this.tables = tables;
        this.side = side;
        this.scratchBytesMax = scratchBytesMax;
    }

    /** The scratch memory that is in use for the batch at hand. */
    long scratchBytes() {
        return ofSource.bytesHeld() + ofJoined.bytesHeld();
    }

    /**
     * @param link the first that the partial stage is for
     * @param inputNumber which of the link's inputs it is
     */
    void add(JobLink link, PartialLink partial, int inputNumber) {
        LinkInput input = link.definition().inputs().get(inputNumber);
        JoinKey key = new JoinKey(
                input.expansion() == null ? List.of() : List.of(input.expansion()),
                input.lookups());
        Group group = groupOfJoin.get(key);
        if (group == null) {
            group = new Group(new JoinedRows(input.expansion(), input.lookups(), tables), side);
            groupOfJoin.put(key, group);
            groups.add(group);
        }
        group.readers.add(new Reader(partial, inputNumber));
        group.early.add(input);
        group.joined.add(input);
        partial.share(inputNumber, group.groupings);
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    void accept(@Nullable TimeSpec time, SourceRows rows, Selection selection) {
        accept(time, rows, selection, selection);
    }

    /**
     * Hands rows to all that read them.
     *
     * @param withHidden the rows for those who also read hidden ones
     */
    void accept(
            @Nullable TimeSpec time, SourceRows rows, Selection selection, Selection withHidden) {
        ofSource.start(rows.batch());
        // By number here and below, for an iterator would be made for every batch.
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).joined.isIdentity()) {
                acceptAsTheyAre(groups.get(i).readers, time, rows, selection, withHidden);
            } else {
                acceptJoined(groups.get(i), time, rows, selection);
            }
        }
    }

    private void acceptAsTheyAre(
            List<Reader> readers,
            @Nullable TimeSpec time,
            SourceRows rows,
            Selection selection,
            Selection withHidden) {
        for (int i = 0; i < readers.size(); i++) {
            if (scratchBytes() > scratchBytesMax) {
                ofSource.start(rows.batch());
            }
            boolean hidden = readers.get(i).partial().takesHidden();
            readers.get(i).accept(time, rows, hidden ? withHidden : selection, ofSource);
        }
    }

    private void acceptJoined(
            Group group, @Nullable TimeSpec time, SourceRows rows, Selection selection) {
        if (scratchBytes() > scratchBytesMax) {
            ofSource.start(rows.batch());
        }
        Selection kept = group.early.of(rows, selection, ofSource);
        SourceRows joined = group.joined.join(rows, kept, group.early.isAnswered(), group.failed);
        Selection all = Selection.all(joined.rowCount());
        startJoined(group, joined, all);
        for (int i = 0; i < group.readers.size(); i++) {
            if (scratchBytes() > scratchBytesMax) {
                startJoined(group, joined, all);
            }
            group.readers.get(i).accept(time, joined, all, ofJoined);
        }
    }

    private void startJoined(Group group, SourceRows joined, Selection all) {
        ofJoined.start(joined.batch());
        group.early.tell(group.joined, all, ofJoined);
    }

    /** Says that rows are missing which windows of an earlier link would have had. */
    void incomplete(IncompleteWindow missing) {
        for (Group group : groups) {
            group.readers.forEach(reader -> reader.partial().incomplete(missing));
        }
    }

    /** Reports rows of an amendment, which are late for every link that reads them. */
    void late(SourceRows rows, Selection selection) {
        long[] ends = requireNonNull(rows.windows(), "windows").ends();
        for (Group group : groups) {
            for (Reader reader : group.readers) {
                for (int link : reader.partial().links()) {
                    for (int i = 0; i < selection.size(); i++) {
                        side.late(link, rows, selection.row(i), ends[selection.row(i)]);
                    }
                }
            }
        }
    }

    /** Reports what failed before the rows came to the links of a group, for all of them. */
    private static final class Failed implements JoinedRows.FailureSink {
        private final List<Reader> readers;
        private final SideOutput side;

        Failed(List<Reader> readers, SideOutput side) {
            this.readers = readers;
            this.side = side;
        }

        @Override
        public void failed(SourceRows rows, Failures failures) {
            for (int i = 0; i < failures.size(); i++) {
                failed(
                        rows,
                        failures.row(i),
                        failures.code(i),
                        failures.reason(i, rows.batch().schema()));
            }
        }

        @Override
        public void failed(SourceRows rows, int row, ErrorCode code, String reason) {
            for (Reader reader : readers) {
                for (int link : reader.partial().links()) {
                    side.failed(link, rows, row, code, reason);
                }
                reader.partial().missing(rows, row);
            }
        }
    }
}
