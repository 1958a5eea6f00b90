package io.tidewatch.codecs.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tidewatch.codecs.Format;
import io.tidewatch.codecs.Position;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.codecs.row.RowCollector;
import io.tidewatch.codecs.time.TimeFormat;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Decodes lines that a regular expression matches as a whole; a field is a named group, and NULL where the group takes no
 * part in the match. A line that does not match is refused.
 */
public final class RegexDecoder extends TextDecoder {
    private final Matcher matcher;
    private final int[] groups;

    public RegexDecoder(StreamFormat format, Format.Regex regex, Position from) {
        this(format, compile(regex.pattern()), new RowCollector(format, TimeFormat.RFC_3339), from);
    }

    private RegexDecoder(StreamFormat format, Pattern pattern, RowCollector rows, Position from) {
        super(format, rows, from, rows.slotCount());
        this.matcher = pattern.matcher(new byte[0]);
        this.groups = new int[rows.slotCount()];
        Map<String, Integer> named = pattern.namedGroups();
        List<String> names = new ArrayList<>(named.keySet());
        names.sort(null);
        for (int slot = 0; slot < groups.length; slot++) {
            Integer group = named.get(rows.field(slot).pathOrName());
            if (group == null) {
                throw unknownPart(slot, "group", names);
            }
            groups[slot] = group;
            readSlot(slot, slot);
        }
    }

    /**
     * RE2/J forgets the names of groups where it rewrites the outermost operator, as in {@code (?P<x>a{1,2})?}. Behind a start
     * of text, which a line that is matched as a whole has in any case, none of those is outermost.
     */
    private static Pattern compile(String pattern) {
        try {
            // By itself first: "*" is no pattern, and would be one behind the start of text.
            Pattern.compile(pattern);
            return Pattern.compile("\\A" + pattern);
        } catch (PatternSyntaxException e) {
            throw new TidewatchException(
                    ErrorCode.CONFIGURATION_INVALID,
                    "pattern '" + pattern + "': " + e.getDescription() + " (expected: RE2 syntax)",
                    e);
        }
    }

    @Override
    void findParts(byte[] bytes, int start, int end) {
        // The matcher knows no ranges of an array.
        matcher.reset(Arrays.copyOfRange(bytes, start, end));
        if (!matcher.matches()) {
            fail(start, "the line does not match the pattern");
            return;
        }
        for (int slot = 0; slot < groups.length; slot++) {
            int groupStart = matcher.start(groups[slot]);
            if (groupStart >= 0) {
                setPart(slot, bytes, start + groupStart, start + matcher.end(groups[slot]));
            }
        }
    }
}
