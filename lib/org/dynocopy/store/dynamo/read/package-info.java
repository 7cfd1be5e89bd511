/** What is read of a table: scans, queries, lookups, and what they select. */
@Internal
package org.dynocopy.store.dynamo.read;

import org.dynocopy.Internal;
