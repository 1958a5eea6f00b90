@NullMarked
package io.tidewatch.server;

import org.jspecify.annotations.NullMarked;
