/**
 * The words of a recipe: one class per scope, one described method per word, and what they collect
 * while a recipe is evaluated. Completion, checking and the manual are made from these classes.
 */
@Internal
package org.dynocopy.dsl.words;

import org.dynocopy.Internal;
