/** What is written to a table: puts, conditional puts, deletions and removals. */
@Internal
package org.dynocopy.store.dynamo.write;

import org.dynocopy.Internal;
