/** Queries, printed or handed to Java item by item. */
package org.dynocopy.run.query;
