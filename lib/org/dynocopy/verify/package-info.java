/** Tells whether items are the same: fingerprints of tables, however large they are. */
@Internal
package org.dynocopy.verify;

import org.dynocopy.Internal;
