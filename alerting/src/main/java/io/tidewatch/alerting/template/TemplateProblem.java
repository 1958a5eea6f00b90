package io.tidewatch.alerting.template;

/**
 * Why a text is no template.
 *
 * @param offset in the text, in chars from 0
 * @param message what is wrong there, and the remedy
 */
public record TemplateProblem(int offset, String message) {}
