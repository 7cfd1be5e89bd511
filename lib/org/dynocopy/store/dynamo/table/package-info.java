/** What the service says of tables. */
package org.dynocopy.store.dynamo.table;
