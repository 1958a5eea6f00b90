package io.tidewatch.sql;

import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Where relational operators stand in the query. */
final class Places {
    private final SourceMap map;
    private final Map<Integer, SqlParserPos> byId = new TreeMap<>();

    Places(SourceMap map) {
        this.map = map;
    }

    void put(RelNode node, SqlParserPos pos) {
        byId.put(node.getId(), pos);
    }

    /** The place, or that of something that it reads, or the beginning. */
    SqlParserPos of(RelNode node) {
        SqlParserPos pos = byId.get(node.getId());
        if (pos != null) {
            return pos;
        }
        for (RelNode input : node.getInputs()) {
            SqlParserPos inner = of(input);
            if (inner.getLineNum() > 0) {
                return inner;
            }
        }
        return SqlParserPos.ZERO;
    }

    SourceMap map() {
        return map;
    }
}
