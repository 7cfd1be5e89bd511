/** What is read of a table: scans, queries, lookups, and what they select. */
package org.dynocopy.store.dynamo.read;
