/**
 * What hangs on Groovy's internals: its compiler's phases and errors, its parser and its type
 * checker. A new version of Groovy may change any of these, and then only this package changes.
 * Knows nothing of the words of recipes.
 */
@Internal
package org.dynocopy.dsl.groovy;

import org.dynocopy.Internal;
