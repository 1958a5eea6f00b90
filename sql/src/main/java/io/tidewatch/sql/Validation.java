package io.tidewatch.sql;

import org.apache.calcite.config.NullCollation;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.validate.SqlValidatorImpl;

/** Finds what names mean and which types expressions have. Types are never brought together behind the query's back. */
final class Validation extends SqlValidatorImpl {
    private static final Config CONFIG = Config.DEFAULT
            .withCallRewrite(false)
            .withTypeCoercionEnabled(false)
            .withDefaultNullCollation(NullCollation.LAST)
            .withConformance(Conformance.INSTANCE);

    Validation(SqlOperatorTable operators, CalciteCatalogReader relations, TypeFactory types) {
        super(operators, relations, types, CONFIG);
    }

    /** The tree with stars expanded. */
    SqlNode checked(SqlNode query) {
        return validate(query);
    }
}
