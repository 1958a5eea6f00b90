/**
 * The rules of the design, checked over the classes ({@link io.tidewatch.architecture.ModulesTest}, {@link
 * io.tidewatch.architecture.KernelTest}, {@link io.tidewatch.architecture.CraftTest}) and over the files of the
 * repository ({@link io.tidewatch.architecture.TidyTest}). Calls that are banned by name stand in {@code
 * testing/architecture/forbidden} instead, and fail the build of their module.
 */
@NullMarked
package io.tidewatch.architecture;

import org.jspecify.annotations.NullMarked;
