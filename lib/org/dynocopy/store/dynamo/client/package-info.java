/** Connections to environments: the SDK's client and the wire, with one set of credentials. */
package org.dynocopy.store.dynamo.client;
