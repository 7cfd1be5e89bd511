/** Compiles the files of a recipe, or takes what compiling the same text gave before. */
@Internal
package org.dynocopy.dsl.compile;

import org.dynocopy.Internal;
