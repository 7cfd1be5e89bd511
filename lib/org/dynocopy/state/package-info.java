/**
 * The files that runs keep of how far they are. Another run reads them, perhaps one of another
 * version.
 */
@Internal
package org.dynocopy.state;

import org.dynocopy.Internal;
