package io.tidewatch.generator;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A source of choices for generated tests: either random from a seed, or exhaustive, walking through every combination of
 * choices that the test asks for (after TigerBeetle's {@code exhaustigen}).
 *
 * <pre>{@code
 * Choices.random("a filter equals its twin", 500, choices -> { int n = choices.upTo(10); ... });
 * Choices.exhaustive(choices -> { boolean late = choices.flag(); int k = choices.upTo(3); ... });
 * }</pre>
 *
 * <p>A failing random run names its seed; {@code -Dtidewatch.seed=SEED} repeats that run alone, and {@code
 * -Dtidewatch.rounds=N} asks for another number of rounds.
 */
public final class Choices {
    private static final String SEED_PROPERTY = "tidewatch.seed";
    private static final String ROUNDS_PROPERTY = "tidewatch.rounds";

    private final String property;
    private final SplittableRandom random;
    private final boolean exhaustive;
    private final List<int[]> path = new ArrayList<>();
    private int depth;

    private Choices(String property, long seed, boolean exhaustive) {
        this.property = property;
        this.random = new SplittableRandom(seed);
        this.exhaustive = exhaustive;
    }

    /** Choices from one seed, for generators outside {@link #random}. */
    public static Choices ofSeed(long seed) {
        return new Choices("", seed, false);
    }

    /** Runs {@code body} with {@code rounds} seeds that are the same in every run. */
    public static void random(String name, int rounds, Body body) {
        String property = callerClass() + " " + name;
        Long only = Long.getLong(SEED_PROPERTY);
        if (only != null) {
            run(name, property, only, body);
            return;
        }
        SplittableRandom seeds = new SplittableRandom(name.hashCode());
        int count = Integer.getInteger(ROUNDS_PROPERTY, rounds);
        for (int round = 0; round < count; round++) {
            run(name, property, seeds.nextLong(), body);
        }
    }

    /** Runs {@code body} once for every combination of the choices that it makes. */
    public static void exhaustive(Body body) {
        Choices choices = new Choices("", 0, true);
        do {
            choices.depth = 0;
            run("exhaustive " + choices.describe(), body, choices);
        } while (choices.advance());
    }

    /** A number from 0 to {@code max}, both included. */
    public int upTo(int max) {
        if (max < 0) {
            throw new IllegalArgumentException("max: " + max + " (expected: >= 0)");
        }
        if (!exhaustive) {
            return max == Integer.MAX_VALUE ? random.nextInt() & max : random.nextInt(max + 1);
        }
        if (depth == path.size()) {
            path.add(new int[] {0, max});
        }
        return path.get(depth++)[0];
    }

    /** A number from {@code min} to {@code max}, both included. */
    public int between(int min, int max) {
        return min + upTo(max - min);
    }

    public boolean flag() {
        return upTo(1) == 1;
    }

    /** True once in {@code n} times. */
    public boolean oneIn(int n) {
        return upTo(n - 1) == 0;
    }

    /** Any {@code long}; random choices only. */
    public long anyLong() {
        return random.nextLong();
    }

    /** A number from 0, included, to 1, excluded; random choices only. */
    public double fraction() {
        return random.nextDouble();
    }

    @SafeVarargs
    public final <T> T of(T... values) {
        return values[upTo(values.length - 1)];
    }

    public <T> T of(List<T> values) {
        return values.get(upTo(values.size() - 1));
    }

    /** Puts the values into a random order, in place. */
    public void shuffle(List<?> values) {
        for (int i = values.size() - 1; i > 0; i--) {
            java.util.Collections.swap(values, i, upTo(i));
        }
    }

    /**
     * Keeps a result of a random property in {@link Bits}, under the property's name; doubles by their bits. Elsewhere it
     * does nothing.
     */
    public void record(@Nullable Object result) {
        if (property.isEmpty()) {
            return;
        }
        if (result instanceof Double number) {
            Bits.record(property, number);
        } else if (result instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            Bits.record(property, copy);
        } else {
            Bits.record(property, String.valueOf(result));
        }
    }

    private static void run(String name, String property, long seed, Body body) {
        String description = name + ": repeat with -D" + SEED_PROPERTY + "=" + seed;
        run(description, body, new Choices(property, seed, false));
    }

    /** The simple name of the test class, which tells apart properties of the same name. */
    private static String callerClass() {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                        .filter(name -> !name.startsWith(Choices.class.getName()))
                        .map(name -> name.substring(name.lastIndexOf('.') + 1))
                        .findFirst()
                        .orElse(""));
    }

    private static void run(String description, Body body, Choices choices) {
        try {
            body.run(choices);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(description + "\n" + e.getMessage(), e);
        }
    }

    private boolean advance() {
        while (!path.isEmpty()) {
            int[] last = path.get(path.size() - 1);
            if (last[0] < last[1]) {
                last[0]++;
                return true;
            }
            path.remove(path.size() - 1);
        }
        return false;
    }

    private String describe() {
        List<Integer> taken = new ArrayList<>();
        path.forEach(choice -> taken.add(choice[0]));
        return taken.toString();
    }

    /** What is tried with each set of choices. */
    @FunctionalInterface
    public interface Body {
        void run(Choices choices) throws Exception;
    }
}
