/**
 * DynamoDB tables as sources and sinks. Tables are looked at through the SDK's client (the control
 * plane); items move through {@link org.dynocopy.store.dynamo.wire.DataPlaneClient}, as bytes (the
 * data plane). Only here is the AWS SDK known, but for its interface for HTTP clients, which {@code
 * http} implements.
 */
@Internal
package org.dynocopy.store.dynamo;

import org.dynocopy.Internal;
