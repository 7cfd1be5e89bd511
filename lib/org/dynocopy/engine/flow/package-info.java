/** How many requests are in flight, how long failed ones wait, and how much memory pages take. */
@Internal
package org.dynocopy.engine.flow;

import org.dynocopy.Internal;
