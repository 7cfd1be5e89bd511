/** Prints items, one after the other as they come, in the formats of a query. */
@Internal
package org.dynocopy.print;

import org.dynocopy.Internal;
