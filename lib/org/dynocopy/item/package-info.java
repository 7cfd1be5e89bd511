/** The values of items: DynamoDB's JSON, maps, sizes, and which values are the same. */
@Internal
package org.dynocopy.item;

import org.dynocopy.Internal;
