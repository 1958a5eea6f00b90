@NullMarked
package io.tidewatch.sql;

import org.jspecify.annotations.NullMarked;
