/**
 * The composition root: the one place that knows all adapters. It turns a configuration into formats, sources, tables and a
 * compiled job, and gives the commands what they need behind the interfaces of packages {@code source}, {@code log} and
 * {@code job}.
 */
@NullMarked
package io.tidewatch.server.assembly;

import org.jspecify.annotations.NullMarked;
