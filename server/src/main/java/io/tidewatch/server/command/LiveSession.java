package io.tidewatch.server.command;

import io.tidewatch.codecs.input.FileReasons;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.server.assembly.Assembly;
import io.tidewatch.server.assembly.Sources;
import io.tidewatch.server.assembly.TimeRange;
import io.tidewatch.server.backtest.Summary;
import io.tidewatch.server.config.StreamConfig;
import io.tidewatch.server.job.Intake;
import io.tidewatch.server.job.Job;
import io.tidewatch.server.job.JobOutput;
import io.tidewatch.server.live.EarlyRows;
import io.tidewatch.server.live.LiveRun;
import io.tidewatch.server.live.SetAside;
import io.tidewatch.server.live.SourceFailures;
import io.tidewatch.server.log.LogOwner;
import io.tidewatch.server.log.PartitionSpec;
import io.tidewatch.server.log.RecordingWriter;
import io.tidewatch.server.source.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One configuration that is being run. */
final class LiveSession implements AutoCloseable {
    private final Terminal terminal;
    private final Summary summary;
    private final Job job;
    private final Intake intake;
    private final SourceFailures failures;
    private final Optional<RecordingWriter> recording;
    private final LogOwner owner;
    private final LiveRun run;
    private final Optional<EarlyRows> early;
    private final SetAside setAside;
    private final long startNanos;
    private final String file;

    private LiveSession(
            Terminal terminal,
            Assembly assembly,
            JobOutput output,
            Optional<RecordingWriter> recording,
            OptionalLong earlyMillis) {
        this.terminal = terminal;
        this.file = assembly.configuration().file();
        this.early = earlyMillis.isEmpty()
                ? Optional.empty()
                : Optional.of(new EarlyRows(
                        terminal.clock(), earlyMillis.getAsLong(), output, terminal.err()));
        this.summary = new Summary(
                early.map(rows -> (JobOutput) rows).orElse(output), assembly.monitorNames());
        this.job = assembly.job(summary, TimeRange.ALL);
        this.intake = new Intake(job, assembly.sensitiveStreams());
        this.failures = new SourceFailures(terminal.err());
        this.recording = recording;
        this.owner =
                new LogOwner(terminal.clock(), intake, recording, failures, assembly.tableLimits());
        this.run = new LiveRun(owner, job);
        this.setAside = new SetAside(terminal.clock(), terminal.err(), intake, job);
        this.startNanos = terminal.clock().nanos();
    }

    /**
     * Opens the sources of all streams that a monitor reads, and only then a recording: none is left by a run that does not
     * start.
     *
     * @param earlyMillis how often rows of open windows are shown
     */
    static LiveSession start(
            Terminal terminal,
            Assembly assembly,
            JobOutput output,
            Optional<Path> record,
            OptionalLong earlyMillis) {
        List<StreamConfig> streams = assembly.configuration().streams().stream()
                .filter(stream -> stream.source().isPresent() && assembly.isRead(stream.name()))
                .toList();
        if (streams.isEmpty()) {
            throw new TidewatchException(
                    ErrorCode.CONFIGURATION_INVALID,
                    assembly.configuration().file()
                            + ": no stream that a monitor reads has a source");
        }
        List<Runnable> opened = new ArrayList<>();
        return Closing.ifFailing(opened, () -> {
            List<Source> sources = open(streams, assembly, terminal, opened);
            Optional<RecordingWriter> recording = record.map(RecordingWriter::create);
            recording.ifPresent(writer -> opened.add(writer::close));
            LiveSession session =
                    new LiveSession(terminal, assembly, output, recording, earlyMillis);
            opened.add(session.job::close);
            session.add(streams, sources, assembly);
            return session;
        });
    }

    private static List<Source> open(
            List<StreamConfig> streams,
            Assembly assembly,
            Terminal terminal,
            List<Runnable> opened) {
        Sources sources = new Sources(assembly.configuration(), terminal.clock(), terminal.in());
        List<Source> live = new ArrayList<>();
        for (StreamConfig stream : streams) {
            Source source = sources.live(stream);
            live.add(source);
            opened.add(() -> close(source));
        }
        return live;
    }

    private static void close(Source source) {
        try {
            source.close();
        } catch (IOException e) {
            throw new TidewatchException(
                    ErrorCode.IO_FAILED, source.name() + ": " + FileReasons.of(e), e);
        }
    }

    private void add(List<StreamConfig> streams, List<Source> sources, Assembly assembly) {
        assembly.tables().forEach(owner::add);
        for (int i = 0; i < streams.size(); i++) {
            StreamConfig stream = streams.get(i);
            owner.add(
                    new PartitionSpec(i, stream.name(), sources.get(i).name()),
                    sources.get(i),
                    assembly.format(stream.name()).orElseThrow(),
                    stream.time().spec());
        }
    }

    boolean step() {
        boolean any = run.step();
        if (run.isEnded()) {
            early.ifPresent(EarlyRows::end);
        } else {
            early.ifPresent(rows -> rows.look(job));
        }
        setAside.look();
        return any;
    }

    boolean isEnded() {
        return run.isEnded();
    }

    /** Closes everything and sums up, each whatever else fails; the first failure is thrown. */
    @Override
    public void close() {
        Closing.all(List.of(
                owner::close,
                () -> recording.ifPresent(RecordingWriter::close),
                failures::sumUp,
                this::sumUp,
                job::close));
    }

    private void sumUp() {
        double seconds = (terminal.clock().nanos() - startNanos) / 1e9;
        terminal.out().flush();
        terminal.err().println(file + ":");
        terminal.err().print(summary.text(intake, job.counts(), seconds, true));
        terminal.err().flush();
    }
}
