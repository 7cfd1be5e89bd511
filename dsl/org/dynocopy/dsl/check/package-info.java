/**
 * Compiles recipes and finds every mistake that can be found without running them: unknown words,
 * wrong and missing arguments, unknown names.
 */
package org.dynocopy.dsl.check;
