package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Functions;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * What translating expressions needs.
 *
 * @param functions by name
 * @param divisions told of each division of integers
 */
record Library(Functions functions, Divisions divisions) {
    void divided(SqlParserPos pos) {
        divisions.found(pos);
    }
}
