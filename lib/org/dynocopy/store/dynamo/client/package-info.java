/** Connections to environments: the SDK's client and the wire, with one set of credentials. */
@Internal
package org.dynocopy.store.dynamo.client;

import org.dynocopy.Internal;
