package io.tidewatch.sql;

import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.kernel.operator.Windowing;
import io.tidewatch.kernel.time.Durations;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import io.tidewatch.kernel.type.Type;
import io.tidewatch.kernel.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The catalog that tests use, and queries over it. */
final class Shop {
    static final Schema ACCESS = Schema.of(
            new Field("ts", Type.TIMESTAMP),
            new Field("client", Type.VARCHAR),
            new Field("path", Type.VARCHAR),
            new Field("status", Type.BIGINT),
            new Field("bytes", Type.BIGINT),
            new Field("price", Type.decimal(10, 2)),
            new Field("ratio", Type.DOUBLE),
            new Field("ok", Type.BOOLEAN),
            new Field("sent", Type.TIMESTAMP));

    static final Schema ORDERS = Schema.of(
            new Field("at", Type.TIMESTAMP),
            new Field("path", Type.VARCHAR),
            new Field("units", Type.BIGINT),
            new Field("Country", Type.VARCHAR));

    static final Schema PAGES = Schema.of(
            new Field("path", Type.VARCHAR),
            new Field("owner", Type.VARCHAR),
            new Field("weight", Type.BIGINT));

    static final Catalog CATALOG = new Catalog(
            List.of(
                    new Catalog.Stream("access", ACCESS, 0),
                    new Catalog.Stream("orders", ORDERS, 0)),
            List.of(new Catalog.Table("pages", PAGES)),
            List.of(
                    new Catalog.Derived(
                            "per-path",
                            Schema.of(new Field("path", Type.VARCHAR), new Field("n", Type.BIGINT)),
                            0,
                            KeyPlaces.of(Map.of("path", 0)),
                            true,
                            Map.of()),
                    new Catalog.Derived(
                            "slow",
                            Schema.of(new Field("path", Type.VARCHAR)),
                            0,
                            KeyPlaces.of(Map.of()),
                            false,
                            Map.of())));

    private static final SourcePosition POSITION = new SourcePosition("shop.yaml", 1, 1);

    private Shop() {}

    static QueryText text(String sql) {
        return QueryText.at(POSITION, sql);
    }

    static CompiledQuery compile(CaseFile.Case each) {
        List<QueryText> key = new ArrayList<>();
        each.key().forEach(column -> key.add(text(column)));
        return new SqlCompiler(CATALOG).compile(text(each.sql()), window(each.window()), key);
    }

    /** The plan, or the message that says why there is none. */
    static String planOrMessage(CaseFile.Case each) {
        try {
            return PlanText.of(compile(each));
        } catch (TidewatchException e) {
            return e.code() + " " + e.getMessage();
        }
    }

    static @Nullable Windowing window(String text) {
        if (text.isEmpty()) {
            return null;
        }
        return text.startsWith("session ")
                ? new Windowing.Session(Durations.parse(text.substring("session ".length())))
                : new Windowing.Grid(Windows.tumbling(Durations.parse(text), 0));
    }
}
