package io.tidewatch.kernel.expression;

import io.tidewatch.kernel.batch.Column;
import io.tidewatch.kernel.batch.Selection;
import io.tidewatch.kernel.type.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * CASE WHEN … THEN … ELSE … END. Operands are pairs of condition and result, then the ELSE; a condition is evaluated over
 * the rows for which none before it was TRUE, a result over the rows that its condition chose.
 */
final class CaseWhen extends Expression {
    CaseWhen(Type type, List<Expression> operands) {
        super(type, operands, null);
    }

    static CaseWhen of(
            Type type,
            List<Expression> conditions,
            List<Expression> results,
            Expression otherwise) {
        List<Expression> operands = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            operands.add(conditions.get(i));
            operands.add(results.get(i));
        }
        operands.add(otherwise);
        return new CaseWhen(type, operands);
    }

    @Override
    Column evaluate(Evaluation evaluation, Selection selection) {
        Merger merger = new Merger(evaluation, type());
        Selection open = selection;
        int last = operands().size() - 1;
        for (int i = 0; i < last && !open.isEmpty(); i += 2) {
            Selection chosen = evaluation.filter(operand(i), open);
            if (!chosen.isEmpty()) {
                merger.put(evaluation.column(operand(i + 1), chosen), chosen);
                open = evaluation.minus(open, chosen);
            }
        }
        if (!open.isEmpty()) {
            merger.put(evaluation.column(operand(last), open), open);
        }
        return merger.finish();
    }

    @Override
    Expression withOperands(List<Expression> newOperands) {
        return new CaseWhen(type(), newOperands);
    }

    @Override
    void write(SqlText out) {
        out.append("CASE");
        int last = operands().size() - 1;
        for (int i = 0; i < last; i += 2) {
            out.append(" WHEN ").write(operand(i)).append(" THEN ").write(operand(i + 1));
        }
        out.append(" ELSE ").write(operand(last)).append(" END");
    }
}
