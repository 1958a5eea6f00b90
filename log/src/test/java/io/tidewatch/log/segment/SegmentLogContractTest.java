package io.tidewatch.log.segment;

import io.tidewatch.log.EventLog;
import io.tidewatch.log.EventLogContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SegmentLogContractTest extends EventLogContract {
    @TempDir
    private Path folder;

    @Override
    protected EventLog open(int partitionCount) {
        return SegmentLog.open(folder, partitionCount, SegmentSettings.DEFAULT, new Heard());
    }
}
