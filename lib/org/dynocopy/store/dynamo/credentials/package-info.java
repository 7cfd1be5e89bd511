/** Who signs requests, and for which region. */
@Internal
package org.dynocopy.store.dynamo.credentials;

import org.dynocopy.Internal;
