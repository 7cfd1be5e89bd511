/** Queries, printed or handed to Java item by item. */
@Internal
package org.dynocopy.run.query;

import org.dynocopy.Internal;
