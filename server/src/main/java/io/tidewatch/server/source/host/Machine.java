package io.tidewatch.server.source.host;

import io.tidewatch.server.clock.Clock;
import java.util.List;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;
import oshi.hardware.VirtualMemory;
import oshi.software.os.OSFileStore;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/**
 * This machine, through OSHI.
 *
 * <p>Ratios are from 0 to 1, sizes in bytes, rates per second since the last measurement (absent in the first), CPU of a
 * process in cores. A process is listed by how much CPU it took since the last measurement.
 */
final class Machine implements Probe {
    private final HardwareAbstractionLayer hardware;
    private final OperatingSystem system;
    private final int processCount;
    private final Clock clock;
    private final Rates rates = new Rates();
    private final Processes processes = new Processes();
    private long[] cpuTicks = new long[0];
    private long[][] coreTicks = new long[0][];
    private long lastNanos;

    Machine(int processCount, Clock clock) {
        SystemInfo info = new SystemInfo();
        this.hardware = info.getHardware();
        this.system = info.getOperatingSystem();
        this.processCount = processCount;
        this.clock = clock;
    }

    @Override
    public void measure(Measurements into) {
        long nanos = clock.nanos();
        double seconds = (nanos - lastNanos) / 1e9;
        rates.start(lastNanos == 0 ? 0 : seconds);
        lastNanos = nanos;
        cpu(hardware.getProcessor(), into);
        load(hardware.getProcessor(), into);
        memory(hardware.getMemory(), into);
        hardware.getDiskStores().forEach(disk -> disk(disk, into));
        system.getFileSystem().getFileStores(true).forEach(store -> filesystem(store, into));
        hardware.getNetworkIFs().forEach(network -> network(network, into));
        if (processCount > 0) {
            processes(into);
        }
    }

    private void cpu(CentralProcessor processor, Measurements into) {
        long[] ticks = processor.getSystemCpuLoadTicks();
        long[][] cores = processor.getProcessorCpuLoadTicks();
        if (cpuTicks.length == ticks.length) {
            into.value("cpu", "busy", "", busy(cpuTicks, ticks));
            into.value("cpu", "user", "", part(TickType.USER, cpuTicks, ticks));
            into.value("cpu", "system", "", part(TickType.SYSTEM, cpuTicks, ticks));
            into.value("cpu", "iowait", "", part(TickType.IOWAIT, cpuTicks, ticks));
            into.value("cpu", "steal", "", part(TickType.STEAL, cpuTicks, ticks));
        }
        if (coreTicks.length == cores.length) {
            for (int core = 0; core < cores.length; core++) {
                into.value(
                        "cpu",
                        "core_busy",
                        Integer.toString(core),
                        busy(coreTicks[core], cores[core]));
            }
        }
        cpuTicks = ticks;
        coreTicks = cores;
    }

    private static double busy(long[] before, long[] now) {
        return 1 - part(TickType.IDLE, before, now) - part(TickType.IOWAIT, before, now);
    }

    /** The part of the time that went to one state; NaN if no time went by. */
    private static double part(TickType type, long[] before, long[] now) {
        long sum = 0;
        for (int i = 0; i < now.length; i++) {
            sum += now[i] - before[i];
        }
        int index = type.getIndex();
        return sum <= 0 ? Double.NaN : (double) (now[index] - before[index]) / sum;
    }

    private static void load(CentralProcessor processor, Measurements into) {
        double[] averages = processor.getSystemLoadAverage(3);
        List<String> metrics = List.of("1m", "5m", "15m");
        for (int i = 0; i < metrics.size(); i++) {
            into.value("load", metrics.get(i), "", averages[i] < 0 ? Double.NaN : averages[i]);
        }
        into.value("load", "cores", "", processor.getLogicalProcessorCount());
    }

    private static void memory(GlobalMemory memory, Measurements into) {
        double total = memory.getTotal();
        double available = memory.getAvailable();
        into.value("memory", "total", "", total);
        into.value("memory", "available", "", available);
        into.value("memory", "used_ratio", "", 1 - available / total);
        VirtualMemory swap = memory.getVirtualMemory();
        double swapTotal = swap.getSwapTotal();
        into.value("swap", "total", "", swapTotal);
        into.value("swap", "used", "", (double) swap.getSwapUsed());
        into.value("swap", "used_ratio", "", swap.getSwapUsed() / swapTotal);
    }

    private void disk(HWDiskStore disk, Measurements into) {
        String name = disk.getName();
        String id = "disk " + name;
        into.value("disk", "read_bytes", name, rates.perSecond(id + " read", disk.getReadBytes()));
        into.value(
                "disk", "write_bytes", name, rates.perSecond(id + " write", disk.getWriteBytes()));
        double busy = rates.perSecond(id + " time", disk.getTransferTime()) / 1_000;
        into.value("disk", "busy", name, Math.min(1, busy));
    }

    private static void filesystem(OSFileStore store, Measurements into) {
        double total = store.getTotalSpace();
        double usable = store.getUsableSpace();
        if (total > 0) {
            into.value("filesystem", "total", store.getMount(), total);
            into.value("filesystem", "free", store.getMount(), usable);
            into.value("filesystem", "used_ratio", store.getMount(), 1 - usable / total);
        }
    }

    private void network(NetworkIF network, Measurements into) {
        String name = network.getName();
        String id = "network " + name;
        long errors = network.getInErrors() + network.getOutErrors();
        into.value(
                "network",
                "received_bytes",
                name,
                rates.perSecond(id + " in", network.getBytesRecv()));
        into.value(
                "network",
                "sent_bytes",
                name,
                rates.perSecond(id + " out", network.getBytesSent()));
        into.value("network", "errors", name, rates.perSecond(id + " errors", errors));
        into.value("network", "drops", name, rates.perSecond(id + " drops", network.getInDrops()));
    }

    private void processes(Measurements into) {
        into.value("process", "count", "", system.getProcessCount());
        List<OSProcess> all = system.getProcesses();
        for (Processes.Usage usage : processes.greatest(all, processCount)) {
            OSProcess process = usage.process();
            into.process("cpu", process.getName(), process.getProcessID(), usage.cores());
            into.process("memory", process.getName(), process.getProcessID(), (double)
                    process.getResidentSetSize());
        }
    }
}
