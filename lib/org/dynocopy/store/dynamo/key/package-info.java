/** Keys of items: their values, ranges and files of them. */
@Internal
package org.dynocopy.store.dynamo.key;

import org.dynocopy.Internal;
