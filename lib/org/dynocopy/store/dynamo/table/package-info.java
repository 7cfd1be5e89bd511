/** What the service says of tables. */
@Internal
package org.dynocopy.store.dynamo.table;

import org.dynocopy.Internal;
