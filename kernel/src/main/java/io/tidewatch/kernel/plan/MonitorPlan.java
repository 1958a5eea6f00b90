package io.tidewatch.kernel.plan;

import static java.util.Objects.requireNonNull;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.operator.Link;
import io.tidewatch.kernel.operator.LinkOutput.OutputColumn;
import io.tidewatch.kernel.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The compiled form of one monitor.
 *
 * @param name unique within a configuration
 * @param version hash of the monitor's canonical definition
 * @param links in an order in which every link comes after those it reads
 * @param branches the links whose rows are the monitor's results: one, or one per branch of a UNION ALL at the top; their
 *     schemas are equal, and so are the names and types of their keys; the place in this list is the branch in the key
 * @param when over {@link #conditionSchema()}, BOOLEAN; present if the monitor has an alert
 * @param clear likewise; absent if it is the opposite of {@code when}
 * @param early whether {@code when} is also watched before a window closes ({@code evaluate: early})
 */
public record MonitorPlan(
        String name,
        String version,
        List<Link> links,
        List<Integer> branches,
        @Nullable Expression when,
        @Nullable Expression clear,
        boolean early) {
    public MonitorPlan {
        requireNonNull(name, "name");
        requireNonNull(version, "version");
        links = List.copyOf(links);
        branches = List.copyOf(branches);
        if (branches.isEmpty()) {
            throw new IllegalArgumentException("branches: 0 (expected: >= 1)");
        }
    }

    /** The columns of the monitor's rows: what a derived stream and results see, without window and hidden key. */
    public Schema rowSchema() {
        return links.get(branches.get(0)).output().shownSchema();
    }

    /** How many branches stand in the keys of rows of the branches before one, which may have branches below. */
    public int firstBranch(int branch) {
        return branches.subList(0, branch).stream()
                .mapToInt(link -> links.get(link).output().head().branches())
                .sum();
    }

    /** The key columns of the monitor's rows; empty where the key is that of an earlier link. */
    public List<OutputColumn> key() {
        return links.get(branches.get(0)).output().key();
    }

    /** What {@code when} and {@code clear} read: the columns, hidden ones too, then the start and the end of the window. */
    public Schema conditionSchema() {
        return links.get(branches.get(0)).output().schemaWithWindow();
    }
}
