@NullMarked
package io.tidewatch.alerting.template;

import org.jspecify.annotations.NullMarked;
