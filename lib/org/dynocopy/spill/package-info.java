/** Sets of keys that are larger than memory, in files. */
@Internal
package org.dynocopy.spill;

import org.dynocopy.Internal;
