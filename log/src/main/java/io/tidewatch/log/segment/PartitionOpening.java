package io.tidewatch.log.segment;

import io.tidewatch.kernel.error.TidewatchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * Finds the segments of a partition's folder when a log is opened, removes what a crash left of unfinished work, and brings the
 * last segment to its last whole record. Of closed segments only headers are read.
 */
final class PartitionOpening {
    /**
     * A partition that can be written.
     *
     * @param active the last of the segments
     * @param tail where that one ends
     */
    record Opened(
            List<SegmentPartition.Segment> segments,
            ActiveSegment active,
            TailScan.Tail tail,
            SyncMark mark) {}

    private final int number;
    private final Path folder;
    private final Disk disk;
    private final LogNotices notices;
    private final IntSupplier salts;

    PartitionOpening(int number, Path folder, Disk disk, LogNotices notices, IntSupplier salts) {
        this.number = number;
        this.folder = folder;
        this.disk = disk;
        this.notices = notices;
        this.salts = salts;
    }

    /** @throws TidewatchException {@code LOG_CORRUPT} if something durable is damaged or missing */
    Opened open() throws IOException {
        disk.createFolder(folder);
        NavigableSet<Long> bases = new TreeSet<>();
        for (Path file : files()) {
            String name = String.valueOf(file.getFileName());
            if (name.endsWith(ActiveSegment.PART_SUFFIX)) {
                disk.delete(file);
            } else if (name.endsWith(ActiveSegment.SUFFIX)) {
                bases.add(base(file, name));
            }
        }
        SyncMark mark = SyncMark.open(disk, folder);
        try {
            SyncMark.Mark known = mark.read();
            if (known.base() > (bases.isEmpty() ? Long.MIN_VALUE : bases.last())) {
                throw SegmentFormat.corrupt(
                        ActiveSegment.path(folder, known.base()),
                        0,
                        "the newest segment is missing, though it was there (" + SyncMark.FILE_NAME
                                + " beside it says so; delete that file to go on without the segment)");
            }
            return bases.isEmpty() ? begin(mark) : goOn(bases, mark, known);
        } catch (IOException | RuntimeException e) {
            mark.close();
            throw e;
        }
    }

    private Opened begin(SyncMark mark) throws IOException {
        SegmentHeader header =
                new SegmentHeader(SegmentHeader.RAW, number, salts.getAsInt(), 0, Long.MIN_VALUE);
        ActiveSegment active = ActiveSegment.create(disk, folder, header, mark);
        SegmentPartition.Segment segment =
                SegmentPartition.Segment.of(active.path(), header, active.position());
        return new Opened(
                List.of(segment),
                active,
                new TailScan.Tail(active.position(), 0, Long.MIN_VALUE),
                mark);
    }

    private Opened goOn(NavigableSet<Long> bases, SyncMark mark, SyncMark.Mark known)
            throws IOException {
        List<SegmentPartition.Segment> segments = new ArrayList<>();
        for (long base : bases) {
            Path path = ActiveSegment.path(folder, base);
            try (DiskFile file = disk.open(path)) {
                SegmentHeader header = SegmentHeader.read(file, path, number, base);
                segments.add(SegmentPartition.Segment.of(path, header, file.size()));
            }
        }
        SegmentPartition.Segment last = segments.get(segments.size() - 1);
        if (last.compressed()) {
            throw SegmentFormat.corrupt(
                    last.path(), 0, "the last segment is compressed, so newer ones are missing");
        }
        SegmentIndex index = new SegmentIndex(last.base());
        try (SegmentCursor cursor = SegmentCursor.open(disk, last.path(), number, last.base());
                DiskFile file = disk.open(last.path())) {
            SegmentHeader header = cursor.header();
            boolean marked = known.base() == last.base() && known.salt() == header.salt();
            long durable = marked ? known.position() : 0;
            TailScan.Tail tail = TailScan.scan(cursor, file, durable, index);
            long rest = file.size() - tail.position();
            ActiveSegment active = ActiveSegment.reopen(
                    disk, last.path(), header, mark, durable, index, tail.position());
            if (rest > 0) {
                notices.tailCut(last.path(), tail.position(), rest);
            }
            return new Opened(List.copyOf(segments), active, tail, mark);
        }
    }

    private long base(Path file, String name) {
        String digits = name.substring(0, name.length() - ActiveSegment.SUFFIX.length());
        if (!digits.matches("[0-9]{20}") || digits.compareTo("09223372036854775807") > 0) {
            throw SegmentFormat.corrupt(
                    file, 0, "a segment's name has twenty digits, its first offset");
        }
        return Long.parseLong(digits);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
