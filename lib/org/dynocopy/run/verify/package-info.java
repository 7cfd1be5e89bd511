/** Comparisons of two tables, and fingerprints. */
@Internal
package org.dynocopy.run.verify;

import org.dynocopy.Internal;
