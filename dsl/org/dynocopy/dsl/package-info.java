/**
 * The recipe language. {@link org.dynocopy.dsl.Recipe} reads a recipe; its words are in {@code
 * words}, what compiles and checks it in {@code check}. Nothing outside knows Groovy.
 */
@Internal
package org.dynocopy.dsl;

import org.dynocopy.Internal;
