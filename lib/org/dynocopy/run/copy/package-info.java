/** Copies, also those that replace what the target has. */
@Internal
package org.dynocopy.run.copy;

import org.dynocopy.Internal;
