/**
 * What tables' requests consume: how fast, so that no table and no index of it is used faster than
 * was asked for, and for how many dollars.
 */
@Internal
package org.dynocopy.capacity;

import org.dynocopy.Internal;
