/** JSON documents: read and written as bytes, by records. */
@Internal
package org.dynocopy.json;

import org.dynocopy.Internal;
