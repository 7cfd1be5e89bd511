/**
 * The data plane: one signed request of DynamoDB's JSON protocol, and its checked answer. {@link
 * org.dynocopy.store.dynamo.wire.DataPlaneClient} signs a body that is spliced from slices, a
 * {@link org.dynocopy.http.Transport} carries it, and {@link
 * org.dynocopy.store.dynamo.wire.SlicedResponse} cuts what came back into slices again. Nothing
 * here tries again, and nothing decodes an item.
 */
@Internal
package org.dynocopy.store.dynamo.wire;

import org.dynocopy.Internal;
