/** Who signs requests, and for which region. */
package org.dynocopy.store.dynamo.credentials;
