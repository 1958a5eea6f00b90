package io.tidewatch.sql;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.util.function.Supplier;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;

/** The way of one text from the parser's tree to relational operators, and of everything that goes wrong to a message. */
final class Compilation {
    private final Parser.Parsed parsed;
    private final Relations relations;
    private final Operators operators;
    private final CalciteCatalogReader reader;
    private final Validation validation;
    private final Places places;

    Compilation(Parser.Parsed parsed, Relations relations, Operators operators, TypeFactory types) {
        this.parsed = parsed;
        this.relations = relations;
        this.operators = operators;
        this.reader = relations.reader(parsed.words());
        this.validation = new Validation(operators.table(), reader, types);
        this.places = new Places(parsed.map());
    }

    Places places() {
        return places;
    }

    Validation validation() {
        return validation;
    }

    SqlNode validated(SqlNode query) {
        return validation.checked(query);
    }

    RelRoot converted(SqlNode validated) {
        return Conversion.convert(validated, validation, reader, places);
    }

    /** Runs a step; whatever it throws becomes a message with a place. */
    <T> T guarded(Supplier<T> step) {
        try {
            return step.get();
        } catch (QueryException e) {
            throw e;
        } catch (StackOverflowError e) {
            throw Parser.nestedTooDeep(parsed.map().written(), 0);
        } catch (RuntimeException | AssertionError e) {
            throw explained(e);
        }
    }

    private QueryException explained(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof StackOverflowError) { // Calcite's reflection wraps it.
                return Parser.nestedTooDeep(parsed.map().written(), 0);
            }
            if (cause instanceof Refusal refusal) {
                return refusal.toException(parsed.map());
            }
            if (cause instanceof TidewatchException refusal) {
                return parsed.map()
                        .written()
                        .failure(refusal.code(), 0, String.valueOf(refusal.getMessage()));
            }
            if (cause instanceof CalciteContextException refusal) {
                return new Reasons(parsed, relations, operators).toException(refusal);
            }
        }
        return parsed.map()
                .written()
                .failure(
                        ErrorCode.QUERY_UNSUPPORTED,
                        0,
                        "this form of query is not known: write it in simpler steps");
    }
}
