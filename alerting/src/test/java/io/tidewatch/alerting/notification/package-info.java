/** Tests of notifications. */
@NullMarked
package io.tidewatch.alerting.notification;

import org.jspecify.annotations.NullMarked;
