package io.tidewatch.log.segment;

import io.tidewatch.log.EventLog;
import io.tidewatch.log.EventLogContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract with tiny segments, which are closed with every group, and acknowledgements before the force. */
class AsyncLogContractTest extends EventLogContract {
    @TempDir
    private Path folder;

    @Override
    protected EventLog open(int partitionCount) {
        SegmentLimits limits = new SegmentLimits(1 << 20, 1, 8, 1, 1 << 20);
        SegmentSettings settings = new SegmentSettings(Durability.ASYNC, 5, 0, 0, limits);
        return SegmentLog.open(folder, partitionCount, settings, new Heard());
    }
}
