/** What is written to a table: puts, conditional puts, deletions and removals. */
package org.dynocopy.store.dynamo.write;
