/** What happens to items between source and target: the steps of a copy, run in their order. */
@Internal
package org.dynocopy.shape;

import org.dynocopy.Internal;
