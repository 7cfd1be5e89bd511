/**
 * Compiles recipes and finds every mistake that can be found without running them: unknown words,
 * wrong and missing arguments, unknown names.
 */
@Internal
package org.dynocopy.dsl.check;

import org.dynocopy.Internal;
