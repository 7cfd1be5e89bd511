/** The files of a recipe, and what is wrong with them. */
@Internal
package org.dynocopy.dsl.source;

import org.dynocopy.Internal;
