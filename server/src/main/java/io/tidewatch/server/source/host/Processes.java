package io.tidewatch.server.source.host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oshi.software.os.OSProcess;

/** The processes that took the most CPU between one measurement and the next. */
final class Processes {
    private Map<Integer, OSProcess> before = new HashMap<>();

    /** The {@code count} processes with the most CPU, the greatest first; equal ones by process id. */
    List<Usage> greatest(List<OSProcess> all, int count) {
        List<Usage> usages = new ArrayList<>();
        Map<Integer, OSProcess> now = new HashMap<>();
        for (OSProcess process : all) {
            now.put(process.getProcessID(), process);
            // Between no ticks this is the average since the process started.
            usages.add(new Usage(
                    process,
                    process.getProcessCpuLoadBetweenTicks(before.get(process.getProcessID()))));
        }
        before = now;
        usages.sort(Comparator.comparingDouble(Usage::cores)
                .reversed()
                .thenComparing(usage -> usage.process().getProcessID()));
        return usages.subList(0, Math.min(count, usages.size()));
    }

    /** A process and how many cores it kept busy. */
    record Usage(OSProcess process, double cores) {}
}
