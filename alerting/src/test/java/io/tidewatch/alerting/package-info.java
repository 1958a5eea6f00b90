@NullMarked
package io.tidewatch.alerting;

import org.jspecify.annotations.NullMarked;
