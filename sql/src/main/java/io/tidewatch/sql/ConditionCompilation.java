package io.tidewatch.sql;

import io.tidewatch.kernel.expression.Expression;
import io.tidewatch.kernel.expression.Expressions;
import io.tidewatch.kernel.expression.Functions;
import io.tidewatch.kernel.type.Field;
import io.tidewatch.kernel.type.Schema;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The compilation of one condition: it becomes the WHERE of a query over the results. */
final class ConditionCompilation {
    /** The name that the results have in that query; nobody sees it. */
    private static final String RESULTS = "the results";

    private final Functions functions;
    private final List<String> names;
    private final List<Expression> columns;
    private final Parser.Parsed parsed;
    private final Compilation compilation;

    /**
     * @param rows what the condition is over
     * @param readable the places of the columns that can be read
     */
    ConditionCompilation(
            Functions functions,
            Operators operators,
            QueryText text,
            Schema rows,
            List<Integer> readable,
            Map<String, IntegerDivision> divisions) {
        TypeFactory types = new TypeFactory();
        List<Field> fields = readable.stream().map(rows::field).toList();
        Relations relations = Relations.ofRows(RESULTS, new Schema(fields), divisions, types);
        this.functions = functions;
        this.names = fields.stream().map(Field::name).toList();
        this.columns = readable.stream()
                .map(place -> Expressions.column(place, rows.field(place).type()))
                .toList();
        this.parsed = Parser.condition(text, relations, operators.plainFunctionNames());
        this.compilation = new Compilation(parsed, relations, operators, types);
    }

    Expression run() {
        return compilation.guarded(this::compiled);
    }

    private Expression compiled() {
        new ExpressionForms(false).check(parsed.node());
        Vain vain = new Vain(compilation.places());
        vain.compare(parsed.node());
        SqlNode rewritten = Rewriting.rewritten(parsed.node());
        WrittenDivisions divisions = WrittenDivisions.of(rewritten, parsed.map());
        SqlSelect select = query(rewritten);
        compilation.validated(select);
        RelNode node = compilation.converted(select).rel;
        vain.compute(node, Scalars.ofConstants(functions));
        vain.refuse();
        DivisionFlow.ofCondition(divisions, compilation.places()).columns(node);
        while (node instanceof Project project) {
            node = project.getInput();
        }
        if (!(node instanceof Filter filter)) {
            return Expressions.literal(true); // A filter that is always true is none.
        }
        return new Scalars(functions, columns, names)
                .expression(filter.getCondition())
                .folded();
    }

    private static SqlSelect query(SqlNode condition) {
        SqlParserPos zero = SqlParserPos.ZERO;
        SqlNodeList star = SqlNodeList.of(SqlIdentifier.star(zero));
        return new SqlSelect(
                zero,
                null,
                star,
                new SqlIdentifier(RESULTS, zero),
                condition,
                null,
                null,
                SqlNodeList.EMPTY,
                null,
                null,
                null,
                null,
                SqlNodeList.EMPTY);
    }
}
