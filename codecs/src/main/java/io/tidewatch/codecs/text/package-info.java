/**
 * Lines of text: web logs, regular expressions and logfmt. Their values have no types of their own; a value is NULL where it
 * is missing, and an empty one is NULL for every type but VARCHAR. Lines must be UTF-8.
 */
@NullMarked
package io.tidewatch.codecs.text;

import org.jspecify.annotations.NullMarked;
