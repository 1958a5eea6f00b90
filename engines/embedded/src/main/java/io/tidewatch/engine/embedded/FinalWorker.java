package io.tidewatch.engine.embedded;

import io.tidewatch.alerting.Transition;
import io.tidewatch.kernel.batch.ByteReader;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.operator.TableVersions;
import io.tidewatch.kernel.plan.Channels;
import io.tidewatch.kernel.plan.FinalStage;
import io.tidewatch.kernel.plan.JobPlan;
import io.tidewatch.kernel.plan.MonitorRows;
import io.tidewatch.kernel.plan.ResultReader;
import io.tidewatch.kernel.plan.WaitingResults;
import io.tidewatch.kernel.state.KeyGroups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The final stages and the alerts of the key groups of one worker, and what came out in the epoch at hand. */
final class FinalWorker {
    private final JobPlan plan;
    private final int number;
    private final int workerCount;
    private final SideCounts side;
    private final FinalStage stage;
    private final Channels channels;
    private final EpochExchange exchange;
    private final AlertStage alerts;
    private List<WaitingResults> results = new ArrayList<>();

    FinalWorker(Job job, int number, int workerCount) {
        this.plan = job.plan();
        this.number = number;
        this.workerCount = workerCount;
        this.side = new SideCounts(plan);
        this.stage = new FinalStage(plan, side);
        this.channels = new Channels(plan);
        this.exchange = new EpochExchange(channels.count(), workerCount);
        this.alerts = new AlertStage(
                job, keyGroup -> EpochExchange.owner(keyGroup, workerCount) == number);
    }

    EpochExchange exchange() {
        return exchange;
    }

    void countLimited(SideCounts side) {
        alerts.countLimited(side);
    }

    SideCounts side() {
        return side;
    }

    TableVersions tables() {
        return stage.tables();
    }

    /** Forgets versions of reference tables that no row needs any more. */
    void forgetTables() {
        stage.forgetTables();
    }

    long watermark(int link) {
        return stage.watermark(link);
    }

    long greatestEnd(int link) {
        return stage.greatestEnd(link);
    }

    long retainedBytes() {
        return stage.retainedBytes();
    }

    /** Merges what all partial stages wrote for the links of a level. */
    void receive(int level, List<EpochExchange> exchanges) {
        for (int channel : channels.ofLevel(level)) {
            for (EpochExchange each : exchanges) {
                each.deliver(channel, number, stage);
                each.clear(channel, number);
            }
        }
    }

    void advance(int level, long[] streamWatermarks) {
        stage.advance(level, streamWatermarks, exchange, this::take);
        alerts.advance(level, stage::closedTo);
    }

    /** @param limits per link of level 0 how far it may come */
    void approach(int level, long[] limits) {
        stage.approach(level, limits, exchange, this::take);
        alerts.advance(level, stage::closedTo);
    }

    void finish(int level, long[] linkWatermarks) {
        stage.finish(level, linkWatermarks, exchange, this::take);
        alerts.advance(level, stage::closedTo);
    }

    /** Gives the rows of open windows as results. */
    void open() {
        stage.open(allMonitors(), this::write);
    }

    /** The first rows of open windows, as they are now. */
    OpenRows early(int rowsPerMonitor) {
        OpenRows open = new OpenRows(plan.monitors().size(), rowsPerMonitor);
        stage.early(allMonitors(), rows -> ResultReader.read(rows, open::add));
        return open;
    }

    private boolean[] allMonitors() {
        boolean[] all = new boolean[plan.monitors().size()];
        Arrays.fill(all, true);
        return all;
    }

    /** @param origins per monitor the least event time of its streams */
    void start(long[] origins) {
        alerts.start(origins);
    }

    /** Evaluates the alerts that do not wait for windows to close. */
    void evaluateEarly() {
        boolean[] early = alerts.earlyMonitors();
        if (early.length > 0) {
            stage.early(early, alerts::early);
        }
    }

    /** The results since the last call. */
    List<WaitingResults> takeResults() {
        List<WaitingResults> taken = results;
        results = new ArrayList<>();
        return taken;
    }

    /** The transitions since the last call. */
    List<Transition> takeTransitions() {
        return alerts.takeTransitions();
    }

    /** Writes what is the same in all workers. */
    void writeCommon(ByteWriter out) {
        stage.writeCommon(out);
        alerts.writeCommon(out);
    }

    /** Continues where {@link #writeCommon} wrote; before any {@link #read}. */
    void readCommon(ByteReader in) {
        stage.readCommon(in);
        alerts.readCommon(in);
    }

    /** Writes the state of this worker's key groups. */
    void write(Snapshot snapshot) {
        List<@Nullable ByteWriter> outs = new ArrayList<>();
        for (int keyGroup = 0; keyGroup < KeyGroups.COUNT; keyGroup++) {
            outs.add(
                    EpochExchange.owner(keyGroup, workerCount) == number
                            ? snapshot.keyGroup(keyGroup)
                            : null);
        }
        stage.write(outs);
        for (int keyGroup = 0; keyGroup < KeyGroups.COUNT; keyGroup++) {
            ByteWriter out = outs.get(keyGroup);
            if (out != null) {
                alerts.write(keyGroup, out);
            }
        }
    }

    void read(int keyGroup, ByteReader in) {
        stage.read(in);
        alerts.read(keyGroup, in);
    }

    private void take(MonitorRows rows) {
        write(rows);
        alerts.take(rows);
    }

    private void write(MonitorRows rows) {
        if (results.isEmpty() || results.get(results.size() - 1).isFull()) {
            results.add(new WaitingResults());
        }
        results.get(results.size() - 1).add(rows);
    }
}
