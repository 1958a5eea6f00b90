package io.tidewatch.kernel.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.error.ErrorCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions of strings and numbers for {@link Interpreter}, by their descriptions. No argument is NULL. */
final class InterpretedFunctions {
    private static final int TEXT_BYTES_MAX = 65_536;

    private final FunctionCall call;
    private final List<@Nullable Object> arguments;

    private InterpretedFunctions(FunctionCall call, List<@Nullable Object> arguments) {
        this.call = call;
        this.arguments = arguments;
    }

    static @Nullable Object call(FunctionCall call, List<@Nullable Object> arguments) {
        return new InterpretedFunctions(call, arguments).value();
    }

    private @Nullable Object value() {
        return switch (call.name()) {
            case "CHAR_LENGTH", "LENGTH" -> (long) codes(0).length;
            case "OCTET_LENGTH" -> (long) text(0).getBytes(UTF_8).length;
            case "ASCII" -> text(0).isEmpty() ? 0L : (long) text(0).codePointAt(0);
            case "POSITION" -> position();
            case "STARTS_WITH" -> text(0).startsWith(text(1));
            case "ENDS_WITH" -> text(0).endsWith(text(1));
            case "CONTAINS" -> text(0).contains(text(1));
            case "SUBSTRING", "SUBSTR" -> substring();
            case "LEFT" -> ends(0, number(1));
            case "RIGHT" -> ends(codes(0).length - Math.max(0, number(1)), Long.MAX_VALUE);
            case "SPLIT_PART" -> splitPart();
            case "TRIM" -> trim(true, true);
            case "LTRIM" -> trim(true, false);
            case "RTRIM" -> trim(false, true);
            case "UPPER" -> mapped(false);
            case "LOWER" -> mapped(true);
            case "INITCAP" -> initcap();
            case "REVERSE" -> reverse();
            case "CONCAT" ->
                limited(String.join(
                        "", arguments.stream().map(String.class::cast).toList()));
            case "REPEAT" -> repeat();
            case "REPLACE" ->
                text(1).isEmpty() ? limited(text(0)) : limited(text(0).replace(text(1), text(2)));
            case "LPAD" -> pad(true);
            case "RPAD" -> pad(false);
            case "GREATEST" -> extreme(1);
            case "LEAST" -> extreme(-1);
            default -> patterns();
        };
    }

    private @Nullable Object patterns() {
        return switch (call.name()) {
            case "REGEXP_LIKE" -> Pattern.compile(text(1)).matcher(text(0)).find();
            case "REGEXP_EXTRACT" -> extract();
            case "REGEXP_REPLACE" -> limited(wellFormed(text(0).replaceAll(text(1), text(2))));
            case "URL_HOST" ->
                group(
                        "[^/?#]+://(?:[^/?#]*@)?(\\[[^\\]/?#]*\\]?|[^:/?#@]*)(?:[^/?#@]*)(?:[/?#].*)?");
            case "URL_PATH" -> group("(?:[^/?#]+://[^/?#]*)?([^?#]*).*");
            case "URL_PARAMETER" -> parameter();
            default -> mathematics();
        };
    }

    private @Nullable Object mathematics() {
        return switch (call.name()) {
            case "SQRT" -> real(StrictMath::sqrt);
            case "CBRT" -> real(StrictMath::cbrt);
            case "EXP" -> real(StrictMath::exp);
            case "LN" -> logarithm(StrictMath::log);
            case "LOG10" -> logarithm(StrictMath::log10);
            case "LOG2" -> logarithm(InterpretedFunctions::log2);
            case "LOG" -> log();
            case "POWER" -> power();
            case "SIN" -> real(StrictMath::sin);
            case "COS" -> real(StrictMath::cos);
            case "TAN" -> real(StrictMath::tan);
            case "ASIN" -> real(StrictMath::asin);
            case "ACOS" -> real(StrictMath::acos);
            case "ATAN" -> real(StrictMath::atan);
            case "ATAN2" -> StrictMath.atan2(real(0), real(1));
            case "SINH" -> real(StrictMath::sinh);
            case "COSH" -> real(StrictMath::cosh);
            case "TANH" -> real(StrictMath::tanh);
            case "DEGREES" -> real(x -> x * (180 / Math.PI));
            case "RADIANS" -> real(x -> x * (Math.PI / 180));
            case "ABS" -> abs();
            case "SIGN" ->
                arguments.get(0) instanceof Double x
                        ? (Object) Math.signum(x)
                        : (Object) (long) Interpreter.exact(arguments.get(0)).signum();
            case "ROUND" -> rounded(RoundingMode.HALF_UP);
            case "TRUNCATE" -> rounded(RoundingMode.DOWN);
            case "FLOOR", "CEIL" ->
                call.operands().size() == 1 ? whole() : InterpretedTimes.value(call, arguments);
            default -> InterpretedTimes.value(call, arguments);
        };
    }

    private String text(int index) {
        return (String) arguments.get(index);
    }

    private long number(int index) {
        return (Long) arguments.get(index);
    }

    private double real(int index) {
        return (Double) arguments.get(index);
    }

    private int[] codes(int index) {
        return text(index).codePoints().toArray();
    }

    private RowFailure invalid() {
        return new RowFailure(ErrorCode.FUNCTION_ARGUMENT_INVALID, call);
    }

    private String limited(String result) {
        if (result.getBytes(UTF_8).length > TEXT_BYTES_MAX) {
            throw new RowFailure(ErrorCode.LIMIT_REACHED, call);
        }
        return result;
    }

    /** The JDK finds an empty match also in the middle of a surrogate pair; the halves are no characters. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(UTF_8), UTF_8);
    }

    private long position() {
        int at = text(1).indexOf(text(0));
        return at < 0 ? 0 : text(1).codePointCount(0, at) + 1;
    }

    private String substring() {
        BigInteger first = BigInteger.valueOf(number(1));
        BigInteger behind = BigInteger.TWO.pow(70);
        if (arguments.size() > 2) {
            if (number(2) < 0) {
                throw invalid();
            }
            behind = first.add(BigInteger.valueOf(number(2)));
        }
        StringBuilder out = new StringBuilder();
        int[] codes = codes(0);
        for (int i = 0; i < codes.length; i++) {
            BigInteger position = BigInteger.valueOf(i + 1L);
            if (position.compareTo(first) >= 0 && position.compareTo(behind) < 0) {
                out.appendCodePoint(codes[i]);
            }
        }
        return out.toString();
    }

    /** The characters from index {@code from} to before {@code to}, as far as there are any. */
    private String ends(long from, long to) {
        StringBuilder out = new StringBuilder();
        int[] codes = codes(0);
        for (int i = 0; i < codes.length; i++) {
            if (i >= from && i < to) {
                out.appendCodePoint(codes[i]);
            }
        }
        return out.toString();
    }

    private String splitPart() {
        if (number(2) == 0) {
            throw invalid();
        }
        List<String> parts = text(1).isEmpty()
                ? List.of(text(0))
                : List.of(text(0).split(Pattern.quote(text(1)), -1));
        List<String> ordered = new ArrayList<>(parts);
        long n = number(2);
        if (n < 0) {
            Collections.reverse(ordered);
            n = n == Long.MIN_VALUE ? Long.MAX_VALUE : -n;
        }
        return n <= ordered.size() ? ordered.get((int) n - 1) : "";
    }

    private String trim(boolean atStart, boolean atEnd) {
        String set = arguments.size() > 1 ? text(1) : " ";
        List<Integer> codes = new ArrayList<>(text(0).codePoints().boxed().toList());
        while (atStart && !codes.isEmpty() && set.indexOf(codes.get(0)) >= 0) {
            codes.remove(0);
        }
        while (atEnd && !codes.isEmpty() && set.indexOf(codes.get(codes.size() - 1)) >= 0) {
            codes.remove(codes.size() - 1);
        }
        return string(codes);
    }

    private static String string(List<Integer> codes) {
        StringBuilder out = new StringBuilder();
        codes.forEach(out::appendCodePoint);
        return out.toString();
    }

    private String mapped(boolean lower) {
        return string(text(0).codePoints()
                .map(code -> lower ? Character.toLowerCase(code) : Character.toUpperCase(code))
                .boxed()
                .toList());
    }

    private String initcap() {
        StringBuilder out = new StringBuilder();
        boolean inWord = false;
        for (int code : codes(0)) {
            out.appendCodePoint(inWord ? Character.toLowerCase(code) : Character.toUpperCase(code));
            inWord = Character.isLetterOrDigit(code);
        }
        return out.toString();
    }

    private String reverse() {
        List<Integer> codes = new ArrayList<>(text(0).codePoints().boxed().toList());
        Collections.reverse(codes);
        return string(codes);
    }

    private String repeat() {
        long count = Math.max(0, number(1));
        if (text(0).isEmpty()) {
            return "";
        }
        if (count > TEXT_BYTES_MAX) {
            throw new RowFailure(ErrorCode.LIMIT_REACHED, call);
        }
        return limited(text(0).repeat((int) count));
    }

    private String pad(boolean atStart) {
        int[] codes = codes(0);
        long wanted = Math.max(0, number(1));
        int[] fill = arguments.size() > 2 ? codes(2) : new int[] {' '};
        if (wanted <= codes.length) {
            return ends(0, wanted);
        }
        if (fill.length == 0) {
            return text(0);
        }
        if (wanted - codes.length > TEXT_BYTES_MAX
                || text(0).getBytes(UTF_8).length > TEXT_BYTES_MAX) {
            throw new RowFailure(ErrorCode.LIMIT_REACHED, call);
        }
        StringBuilder filling = new StringBuilder();
        for (int i = 0; i < wanted - codes.length; i++) {
            filling.appendCodePoint(fill[i % fill.length]);
        }
        return limited(atStart ? filling + text(0) : text(0) + filling);
    }

    private @Nullable String extract() {
        Matcher matcher = Pattern.compile(text(1)).matcher(text(0));
        int group = arguments.size() > 2 ? (int) number(2) : Math.min(1, matcher.groupCount());
        return matcher.find() ? matcher.group(group) : null;
    }

    private @Nullable String group(String regex) {
        Matcher matcher = Pattern.compile(regex, Pattern.DOTALL).matcher(text(0));
        return matcher.matches() ? matcher.group(1) : null;
    }

    private @Nullable String parameter() {
        String url = text(0).replaceAll("(?s)#.*", "");
        if (url.indexOf('?') < 0) {
            return null;
        }
        for (String pair : url.substring(url.indexOf('?') + 1).split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts[0].equals(text(1))) {
                return parts.length > 1 ? parts[1] : "";
            }
        }
        return null;
    }

    private Object extreme(int sign) {
        Object best = arguments.get(0);
        for (Object next : arguments) {
            best = Interpreter.compare(next, best) * sign > 0 ? next : best;
        }
        return best;
    }

    private Object real(DoubleUnaryOperator function) {
        double result = function.applyAsDouble(real(0));
        if (Double.isNaN(result) && !Double.isNaN(real(0))) {
            throw invalid();
        }
        return result;
    }

    private Object logarithm(DoubleUnaryOperator function) {
        if (real(0) <= 0) {
            throw invalid();
        }
        return function.applyAsDouble(real(0));
    }

    private static double log2(double x) {
        for (int exponent = -1022; exponent <= 1023; exponent++) {
            if (StrictMath.pow(2, exponent) == x) {
                return exponent;
            }
        }
        return StrictMath.log(x) / StrictMath.log(2);
    }

    private Object log() {
        double base = real(0);
        if (base <= 0 || base == 1 || real(1) <= 0) {
            throw invalid();
        }
        if (base == 10) {
            return StrictMath.log10(real(1));
        }
        return base == 2 ? log2(real(1)) : StrictMath.log(real(1)) / StrictMath.log(base);
    }

    private Object power() {
        double result = StrictMath.pow(real(0), real(1));
        boolean expected = Double.isNaN(real(0)) || Double.isNaN(real(1));
        if (real(0) == 0 && real(1) < 0 || Double.isNaN(result) && !expected) {
            throw invalid();
        }
        return result;
    }

    private Object abs() {
        Object value = arguments.get(0);
        if (value instanceof Double x) {
            return Math.abs(x);
        }
        return value instanceof BigDecimal x
                ? x.abs()
                : Interpreter.fitting(call, BigInteger.valueOf((Long) value).abs());
    }

    private Object whole() {
        RoundingMode mode = call.name().equals("FLOOR") ? RoundingMode.FLOOR : RoundingMode.CEILING;
        Object value = arguments.get(0);
        if (value instanceof Double x) {
            return mode == RoundingMode.FLOOR ? StrictMath.floor(x) : StrictMath.ceil(x);
        }
        return value instanceof BigDecimal x ? x.setScale(0, mode) : value;
    }

    private Object rounded(RoundingMode mode) {
        long places = arguments.size() > 1 ? number(1) : 0;
        int bounded = (int) Math.max(-2_000, Math.min(2_000, places));
        Object value = arguments.get(0);
        if (value instanceof Double x) {
            return Double.isFinite(x)
                    ? new BigDecimal(x).setScale(bounded, mode).doubleValue()
                    : x;
        }
        BigDecimal exact = Interpreter.exact(value);
        int scale = call.type().scale();
        BigDecimal result = exact.setScale(Math.min(scale, bounded), mode).setScale(scale);
        return value instanceof Long
                ? Interpreter.fitting(call, result.toBigIntegerExact())
                : Interpreter.within18Digits(call, result);
    }
}
